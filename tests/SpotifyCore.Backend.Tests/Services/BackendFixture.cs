using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Services;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>A whole access point on loopback, on a clock of the tests', with a few accounts.</summary>
public sealed class BackendFixture : IAsyncLifetime
{
    public const string Password = "correct horse";

    private static readonly ConcurrentDictionary<int, NodeIdentity> Identities = [];

    private readonly TempDirectory _directory = new();
    private readonly string _database;
    private readonly BackendFixture? _other;
    private ServiceProvider? _provider;
    private GrpcServer? _server;

    /// <summary>One with a file.</summary>
    public BackendFixture()
        : this("")
    {
    }

    internal BackendFixture(string database) => _database = database;

    /// <summary>Another access point on the database of one that runs, by the same clock.</summary>
    internal BackendFixture(BackendFixture other)
        : this(other._database) => (_other, Time) = (other, other.Time);

    public ManualTimeProvider Time { get; } = new();

    public string Address => _server!.Addresses[0];

    public AccountStore Accounts => _provider!.GetRequiredService<AccountStore>();

    public OperatorPlans Plans => _provider!.GetRequiredService<OperatorPlans>();

    /// <summary>Whether it sends mail, which becomes files.</summary>
    public bool SendsMail { get; init; }

    /// <summary>The providers through which one may sign in.</summary>
    public IReadOnlyList<string> IdentityProviders { get; init; } = [];

    /// <summary>Where who pays nothing hears nothing.</summary>
    public IReadOnlyList<string> CountriesWithoutFree { get; init; } = [];

    public string MailDirectory => _directory["mail"];

    public RegistrationSettings Registration => _provider!.GetRequiredService<RegistrationSettings>();

    public async Task InitializeAsync()
    {
        if (_other is { } other)
            CopyKeys(other);

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(TestAccounts.Hasher);
        services.AddBackend();
        services.Configure<BackendOptions>(options =>
        {
            options.DataDirectory = _directory["data"];
            options.Database = _database;
            options.IdentityProviders = [.. IdentityProviders];
            options.Plans.CountriesWithoutFree = [.. CountriesWithoutFree];
            if (SendsMail)
                (options.Mail.Directory, options.Mail.From) = (MailDirectory, "music@example.com");
            options.StorageNodes =
                [$"stockholm={Identity(1).Id}@127.0.0.1:7301", $"london={Identity(2).Id}@127.0.0.1:7302"];
            options.MasterNodes = [$"{Identity(3).Id}@127.0.0.1:7201", $"{Identity(4).Id}@127.0.0.1:7202"];
        });
        _provider = services.BuildServiceProvider();
        if (_other is null)
            AddAccounts(Accounts);

        await _provider.GetRequiredService<MailQueue>().StartAsync(CancellationToken.None);
        await Watch.StartAsync(CancellationToken.None);
        _server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = "http://127.0.0.1:0" }, _provider.GetServices<ServedService>());
    }

    private StreamWatch Watch => _provider!.GetServices<IHostedService>().OfType<StreamWatch>().Single();

    private static void AddAccounts(AccountStore accounts)
    {
        accounts.Add("ann", Password, AccountRoles.Listener);
        accounts.Add("bob", Password, AccountRoles.Listener);
        accounts.Add("cid", Password, AccountRoles.Listener);
        accounts.Add("dot", Password, AccountRoles.Listener);
        accounts.Add("guessed", Password, AccountRoles.Listener);
        accounts.Add("crowd", Password, AccountRoles.Listener);
        accounts.Add("import", Password, AccountRoles.Import);
        accounts.Add("both", Password, AccountRoles.Import | AccountRoles.Listener);
    }

    // The keys are of the database.
    private void CopyKeys(BackendFixture other)
    {
        Directory.CreateDirectory(_directory["data"]);
        foreach (var file in new[] { "service.secret", "ticket.key" })
            File.Copy(Path.Combine(other._directory["data"], file), Path.Combine(_directory["data"], file));
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        await Watch.StopAsync(CancellationToken.None);
        await _provider!.GetRequiredService<MailQueue>().StopAsync(CancellationToken.None);
        await _provider!.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>A channel that has not logged in.</summary>
    public EndpointChannel Connect(string? session = null)
    {
        var channel = new EndpointChannel(new EndpointChannelOptions { Address = Address });
        if (session is not null)
            channel.Session = session;

        return channel;
    }

    public async Task<LoginReply> LoginAsync(string name, int peer, DeviceKind kind = DeviceKind.Unspecified)
    {
        using var channel = Connect();
        return await LoginAsync(channel, name, Password, peer, kind: kind);
    }

    /// <summary>Logs in with a numbered client's key.</summary>
    public static Task<LoginReply> LoginAsync(
        EndpointChannel channel, string name, string password, int peer, string role = "",
        DeviceKind kind = DeviceKind.Unspecified, string device = "")
    {
        var identity = Identity(peer);
        var request = new LoginRequest
        {
            Name = name,
            Password = password,
            PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
            Role = role,
            DeviceKind = kind,
            Device = device,
        };
        return channel.AccessPoint().LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, name));
    }

    public async Task<EndpointChannel> ConnectAsync(
        string name, int peer = 1, DeviceKind kind = DeviceKind.Unspecified) =>
        Connect((await LoginAsync(name, peer, kind)).Session);

    /// <summary>The key of a numbered client.</summary>
    public static NodeIdentity Identity(int peer) => Identities.GetOrAdd(peer, static _ => NodeIdentity.Create());

    public static ByteString Peer(int peer)
    {
        var bytes = new byte[PeerId.Size];
        Identity(peer).Id.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
