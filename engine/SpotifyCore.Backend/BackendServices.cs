using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Playing;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Services;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Streams;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Files;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Backend;

/// <summary>Puts the access point's services into a host.</summary>
public static class BackendServices
{
    /// <summary>The database, in the data directory, where it is no other.</summary>
    public const string DatabaseFile = "service.db";

    private const string SearchFile = "search.db";
    private const string SecretFile = "service.secret";
    private const string TicketKeyFile = "ticket.key";

    /// <summary>
    /// Adds accounts, catalogue, keys, tickets and tracker, and registers the services AccessPoint, UserAccounts,
    /// ExternalSignIn, Credentials, OfflineMusic, Handover, Librarian and Discards for a gRPC server. <see cref="BackendOptions"/> are the
    /// caller's to bind; they are checked at start.
    /// </summary>
    public static IServiceCollection AddBackend(this IServiceCollection services)
    {
        services.AddOptions<BackendOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackendOptions>, BackendOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<BackendStart>();
        services.AddHostedService<CatalogueWatch>();
        services.AddHostedService<StreamWatch>();
        services.AddHostedService<DiscardSweep>();
        services.AddHostedService(static provider => new WebhookServer(
            OptionsOf(provider).Billing, provider.GetRequiredService<BillingLedger>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        AddStores(services);
        AddCatalogue(services);
        AddCalls(services);
        return services;
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton(static provider => OpenDatabase(provider));
        services.TryAddSingleton(static _ => new PasswordHasher());
        services.AddSingleton<AccountStore>();
        services.AddSingleton(static provider => new SessionStore(
            provider.GetRequiredService<ServiceDatabase>(), provider.GetRequiredService<TimeProvider>(),
            OptionsOf(provider).SessionLifetime));
        services.AddSingleton(static _ => new LoginThrottle());
        services.AddSingleton<HashingQueue>();
        services.AddSingleton<MailCodeStore>();
        services.AddSingleton<MailQueue>();
        services.AddHostedService(static provider => provider.GetRequiredService<MailQueue>());
        services.AddSingleton<ResetService>();
        services.AddSingleton(static provider => CreateSender(
            OptionsOf(provider).Mail, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AppPasswordStore>();
        services.AddSingleton<PasswordVerifier>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton(static provider => new AccountPlans(
            provider.GetRequiredService<ServiceDatabase>(), OptionsOf(provider).Plans,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OfflineStore>();
        services.AddSingleton<PlaybackStore>();
        services.AddSingleton<RegistrationSettings>();
        services.AddSingleton<RegistrationStore>();
        services.AddSingleton<RegistrationService>();
        services.AddSingleton(static provider => new InvitationStore(
            provider.GetRequiredService<ServiceDatabase>(), OptionsOf(provider).Invitations,
            OptionsOf(provider).InvitationLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BillingLedger>();
        services.AddSingleton(static provider => new OperatorPlans(
            provider.GetRequiredService<ServiceDatabase>(), provider.GetRequiredService<AccountStore>(),
            OptionsOf(provider).Plans, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new LoginChallenges(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new IdentityProviders(
            OptionsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LinkStore>();
        services.AddSingleton<StreamStore>();
        services.AddSingleton<SignInService>();
    }

    private static void AddCatalogue(IServiceCollection services)
    {
        services.AddSingleton<CatalogueReader>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<CatalogueWriter>();
        services.AddSingleton<CatalogueMender>();
        services.AddSingleton(static provider => new DiscardStore(
            provider.GetRequiredService<ServiceDatabase>(), OptionsOf(provider).RemovalGrace,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AdvertStore>();
        services.AddSingleton(static provider => new AdvertBreaks(
            provider.GetRequiredService<ServiceDatabase>(), OptionsOf(provider).Plans.AdvertEvery,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EntryReader>();
        services.AddSingleton<CatalogueChanges>();
        services.AddSingleton(static provider => new CatalogueIndex(
            provider.GetRequiredService<CatalogueChanges>(), PathOf(provider, SearchFile),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueIndex>>()));
        services.AddSingleton<CatalogueUpdates>();
        services.AddSingleton<PlayCounts>();
        services.AddSingleton(static provider => ContentKeys.Open(
            PathOf(provider, SecretFile), provider.GetRequiredService<ServiceDatabase>()));
        services.AddSingleton(static provider => TicketAuthority.Open(
            PathOf(provider, TicketKeyFile), provider.GetRequiredService<ServiceDatabase>(),
            provider.GetRequiredService<TimeProvider>(), OptionsOf(provider).TicketLifetime));
        services.AddSingleton(static _ => new Tracker(new TrackerOptions()));
    }

    private static void AddCalls(IServiceCollection services)
    {
        services.AddSingleton(static provider => new NodeDirectory(OptionsOf(provider)));
        services.AddSingleton<PeerDirectory>();
        services.AddSingleton(static provider => new AccountStreams(
            provider.GetRequiredService<StreamStore>(), OptionsOf(provider).OneStreamPerAccount));
        services.AddSingleton<CallerGate>();
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<TrackSources>();
        services.AddSingleton<ProfileMessages>();
        services.AddSingleton<LoginCalls>();
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<CatalogueCalls>();
        services.AddSingleton(static provider => new TrackKeys(
            provider.GetRequiredService<ContentKeys>(), provider.GetRequiredService<CatalogueReader>(),
            provider.GetRequiredService<AdvertBreaks>(), OptionsOf(provider).Plans));
        services.AddSingleton<PlayCalls>();
        services.AddSingleton<PresenceTickets>();
        services.AddSingleton<PresenceNotices>();
        services.AddSingleton<PresenceCalls>();
        services.AddSingleton<LibrarianCalls>();
        services.AddSingleton<AdvertCalls>();
        services.AddSingleton<MendCalls>();
        services.AddSingleton<RegisterCalls>();
        services.AddSingleton<OwnAccountCalls>();
        services.AddSingleton<InvitationCalls>();
        services.AddSingleton<AppPasswordCalls>();
        services.AddSingleton<MailCodeCalls>();
        services.AddSingleton<SignInCalls>();
        services.AddSingleton<LinkCalls>();
        services.AddSingleton<OwnerProofs>();
        services.AddSingleton<CredentialCalls>();
        services.AddSingleton<OfflineCalls>();
        services.AddSingleton<OfflineDeviceCalls>();
        services.AddSingleton<HandoverCalls>();
        AddService<AccessPointService>(services, AccessPoint.BindService, CallRule.AccountsBytes);
        AddService<UserAccountsService>(services, UserAccounts.BindService, CallRule.AccountsBytes);
        AddService<ExternalSignInService>(services, ExternalSignIn.BindService, CallRule.AccountsBytes);
        AddService<CredentialsService>(services, Credentials.BindService, CallRule.AccountsBytes);
        AddService<OfflineMusicService>(services, OfflineMusic.BindService, CallRule.AccountsBytes);
        AddService<HandoverService>(services, Handover.BindService, CallRule.AccountsBytes);
        AddService<LibrarianService>(services, Librarian.BindService, maxMessageBytes: 0);
        AddService<DiscardsService>(services, Discards.BindService, CallRule.AccountsBytes);
    }

    private static void AddService<[DynamicallyAccessedMembers(ServedService.Bound)] TService>(
        IServiceCollection services, Action<ServiceBinderBase, TService> bind, int maxMessageBytes)
        where TService : class
    {
        services.AddSingleton<TService>();
        services.AddSingleton(provider => ServedService.Create(
            provider.GetRequiredService<TService>(), bind, provider.GetRequiredService<CallerGate>(), maxMessageBytes));
    }

    private static BackendOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<BackendOptions>>().Value;

    private static IMailSender CreateSender(MailOptions mail, TimeProvider time) => mail switch
    {
        { Server.Length: > 0 } => new SmtpMailSender(mail, time),
        { Directory.Length: > 0 } => new FileMailSender(mail.Directory, mail.From, time),
        _ => new NoMailSender(),
    };

    private static ServiceDatabase OpenDatabase(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        string[] keys =
            [Path.Combine(options.DataDirectory, SecretFile), Path.Combine(options.DataDirectory, TicketKeyFile)];
        if (options.Database.Length > 0)
            return new PostgresDatabase(options.Database, keys);

        var path = PathOf(provider, DatabaseFile);
        Data.DatabaseFile.ThrowIfLost(path, keys);
        var database = new SqliteDatabase(path);
        database.ThrowIfDamaged();
        return database;
    }

    private static string PathOf(IServiceProvider provider, string file) =>
        Path.Combine(PrepareDirectory(OptionsOf(provider)), file);

    /// <summary>Makes the data directory, for its owner alone, if there is none; gives its path.</summary>
    internal static string PrepareDirectory(BackendOptions options)
    {
        DurableFile.CreateDirectory(options.DataDirectory, forOwnerAlone: true);
        return options.DataDirectory;
    }
}
