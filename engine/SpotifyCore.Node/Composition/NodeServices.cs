using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Repair;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Node.Discarding;
using SpotifyCore.Node.Links;
using SpotifyCore.Node.Listening;
using SpotifyCore.Node.Repair;
using SpotifyCore.Node.Tiers;
using SpotifyCore.Node.Trust;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Composition;

/// <summary>What storage and master nodes are made of, for the hosts.</summary>
public static class NodeServices
{
    private const DynamicallyAccessedMemberTypes Made = DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;
    private const DynamicallyAccessedMemberTypes Bound = DynamicallyAccessedMemberTypes.PublicProperties | Made;

    /// <summary>
    /// A node's key, transport and trust. Options at the top, under <c>Transport</c>, <c>Links</c> and <c>Fetch</c>.
    /// </summary>
    public static IHostApplicationBuilder AddNode(this IHostApplicationBuilder builder, StrictOptions options)
    {
        Bind<NodeOptions, NodeOptionsValidator>(builder, options);
        builder.Services.AddSingleton<IValidateOptions<NodeOptions>, NodeSettingsCheck>();
        Bind<TransportOptions, TransportOptionsValidator>(builder, options, "Transport");
        Bind<NodeLinkOptions, NodeLinkOptionsValidator>(builder, options, "Links");
        Bind<TieredChunkSourceOptions, TieredChunkSourceOptionsValidator>(builder, options, "Fetch");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(static services => new NodeSettings(Options<NodeOptions>(services)));
        builder.Services.AddSingleton(static services =>
            new DataDirectory(Options<NodeOptions>(services).DataDirectory));
        builder.Services.AddSingleton(static services =>
            NodeIdentityFile.Open(Options<NodeOptions>(services).DataDirectory));
        builder.Services.AddSingleton(TransportOf);
        builder.Services.AddSingleton(static services =>
            new TicketVerifier(services.GetRequiredService<NodeSettings>().TicketKeys));
        builder.Services.AddHostedService<TicketKeyFetcher>();
        return builder;
    }

    /// <summary>The chunk cache, in the data directory. Options under <c>Cache</c>.</summary>
    public static IHostApplicationBuilder AddNodeCache(this IHostApplicationBuilder builder, StrictOptions options)
    {
        builder.Services.AddOptions<ChunkCacheOptions>().Configure<IOptions<NodeOptions>>(
            static (cache, node) => cache.Directory = Path.Combine(node.Value.DataDirectory, "cache"));
        builder.BindOptions<ChunkCacheOptions>(options, "Cache");
        builder.Services.AddChunkCache();
        return builder;
    }

    /// <summary>The vault, in the data directory. Options under <c>Vault</c>.</summary>
    public static IHostApplicationBuilder AddNodeVault(this IHostApplicationBuilder builder, StrictOptions options)
    {
        builder.Services.AddOptions<VaultOptions>().Configure<IOptions<NodeOptions>>(
            static (vault, node) => vault.Directory = Path.Combine(node.Value.DataDirectory, "vault"));
        builder.BindOptions<VaultOptions>(options, "Vault");
        builder.Services.AddFileVault();
        return builder;
    }

    /// <summary>A storage node's tiers: the chunk cache that is registered, siblings, master storage.</summary>
    public static IHostApplicationBuilder AddStorageTiers(this IHostApplicationBuilder builder, StrictOptions options)
    {
        Bind<StorageNodeOptions, StorageNodeOptionsValidator>(builder, options);
        builder.Services.AddSingleton<IValidateOptions<StorageNodeOptions>, StorageSettingsCheck>();
        builder.Services.AddSingleton(static services => KnownNodes.OfStorage(
            services.GetRequiredService<NodeSettings>(),
            Options<NodeOptions>(services).Copies,
            NodeSettings.Addresses("Siblings", Options<StorageNodeOptions>(services).Siblings),
            LinkMaker(services)));
        builder.Services.AddSingleton(static services => NodeSources.OfStorage(
            services.GetRequiredService<IChunkCache>(),
            services.GetRequiredService<KnownNodes>(),
            new NodeSourceOptions(Options<TieredChunkSourceOptions>(services), Options<NodeLinkOptions>(services)),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<TieredChunkSource>>()));
        return builder;
    }

    /// <summary>A master node's tiers: the vault that is registered, the other owners of a file.</summary>
    public static IHostApplicationBuilder AddMasterTiers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(static services => KnownNodes.OfMaster(
            services.GetRequiredService<NodeSettings>(),
            Options<NodeOptions>(services).Copies,
            services.GetRequiredService<NodeIdentity>().Id,
            LinkMaker(services)));
        builder.Services.AddSingleton(static services => NodeSources.OfMaster(
            services.GetRequiredService<IVault>(),
            services.GetRequiredService<KnownNodes>(),
            new NodeSourceOptions(Options<TieredChunkSourceOptions>(services), Options<NodeLinkOptions>(services)),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<TieredChunkSource>>()));
        return builder;
    }

    /// <summary>
    /// Keeps the vault that is registered whole, from the other masters. Options under <c>Repair</c> and <c>Scrub</c>.
    /// </summary>
    public static IHostApplicationBuilder AddVaultRepair(this IHostApplicationBuilder builder, StrictOptions options)
    {
        Bind<RepairOptions, RepairOptionsValidator>(builder, options, "Repair");
        Bind<ScrubOptions, ScrubOptionsValidator>(builder, options, "Scrub");
        builder.Services.AddSingleton(static services => new ScrubPlace(
            Path.Combine(Options<NodeOptions>(services).DataDirectory, "scrub"),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ScrubPlace>>()));
        builder.Services.AddSingleton(static services => new RepairPlanner(
            services.GetRequiredService<KnownNodes>().Owners.Placement,
            services.GetRequiredService<NodeIdentity>().Id,
            PlannerOptions(Options<RepairOptions>(services), Options<ScrubOptions>(services)),
            services.GetRequiredService<ScrubPlace>().After));
        builder.Services.AddHostedService(static services => new VaultRepair(
            services.GetRequiredService<IVault>(),
            services.GetRequiredService<KnownNodes>().Owners,
            services.GetRequiredService<RepairPlanner>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<VaultRepair>>())
        {
            Place = services.GetRequiredService<ScrubPlace>(),
        });
        return builder;
    }

    /// <summary>
    /// Deletes from the vault that is registered what the access point says nothing shows any more. Options under
    /// <c>Discard</c>.
    /// </summary>
    public static IHostApplicationBuilder AddVaultDiscards(this IHostApplicationBuilder builder, StrictOptions options)
    {
        Bind<DiscardOptions, DiscardOptionsValidator>(builder, options, "Discard");
        builder.Services.AddHostedService<VaultDiscards>();
        return builder;
    }

    /// <summary>The server, which listens while the host runs. Options under <c>Server</c>.</summary>
    public static IHostApplicationBuilder AddPeerListener(this IHostApplicationBuilder builder, StrictOptions options)
    {
        Bind<ChunkServerOptions, ChunkServerOptionsValidator>(builder, options, "Server");
        builder.Services.AddSingleton(static services => new AccessGate(
            Options<NodeOptions>(services).Plain ? null : services.GetRequiredService<TicketVerifier>(),
            services.GetRequiredService<KnownNodes>().Trusted));
        builder.Services.AddSingleton(static services => new ChunkServer(
            services.GetRequiredService<NodeSources>().Backend,
            services.GetRequiredService<AccessGate>(),
            Options<ChunkServerOptions>(services),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ChunkServer>>()));
        builder.Services.AddSingleton<PeerListener>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<PeerListener>());
        return builder;
    }

    /// <summary>Where a started node is to be reached: <c>id@host:port</c>.</summary>
    public static string NodeAddress(this IHost host) => host.Services.GetRequiredService<PeerListener>().Address;

    private static void Bind<
        [DynamicallyAccessedMembers(Bound)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        IHostApplicationBuilder builder, StrictOptions options, string section = "")
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.BindOptions<TOptions>(options, section);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }

    private static T Options<[DynamicallyAccessedMembers(Made)] T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static RepairPlannerOptions PlannerOptions(RepairOptions repair, ScrubOptions scrub) => new()
    {
        FetchBytesPerSecond = repair.BytesPerSecond,
        MaxFetches = repair.Fetches,
        ScrubBytesPerSecond = scrub.BytesPerSecond,
        ScrubEvery = scrub.Every,
    };

    private static ITransport TransportOf(IServiceProvider services)
    {
        var options = Options<TransportOptions>(services);
        return Options<NodeOptions>(services).Plain
            ? new TcpTransport(options)
            : new TlsTransport(
                services.GetRequiredService<NodeIdentity>(), options, services.GetRequiredService<TimeProvider>());
    }

    private static Func<NodeAddress, ReconnectingPeer> LinkMaker(IServiceProvider services)
    {
        var transport = services.GetRequiredService<ITransport>();
        var options = Options<NodeLinkOptions>(services).ToPeer();
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<ReconnectingPeer>>();
        return address => new ReconnectingPeer(transport, address, options, time, logger);
    }
}
