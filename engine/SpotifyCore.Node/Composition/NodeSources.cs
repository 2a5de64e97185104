using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Node.Links;
using SpotifyCore.Node.Listening;
using SpotifyCore.Node.Manifests;
using SpotifyCore.Node.Tiers;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Composition;

/// <summary>The tiers of a node, put together, and what its server serves from.</summary>
internal sealed class NodeSources : IAsyncDisposable
{
    private NodeSources(TieredChunkSource chunks, ChunkServerBackend backend)
    {
        Chunks = chunks;
        Backend = backend;
    }

    /// <summary>The node's chunks, from the nearest tier.</summary>
    public TieredChunkSource Chunks { get; }

    /// <summary>What its server serves from.</summary>
    public ChunkServerBackend Backend { get; }

    /// <summary>A storage node: cache, siblings, master.</summary>
    public static NodeSources OfStorage(
        IChunkCache cache,
        KnownNodes nodes,
        NodeSourceOptions options,
        TimeProvider time,
        ILogger<TieredChunkSource> logger)
    {
        var hedge = options.Links.HedgeAfter;
        var manifests = new ManifestTable(new MasterManifestSource(nodes.Owners, hedge, time));
        IChunkSource[] sources =
        [
            new CacheChunkSource(cache),
            .. nodes.Siblings.Select(sibling => new NodeChunkSource(sibling, manifests)),
            new MasterChunkSource(nodes.Owners, manifests, hedge, time),
        ];
        TierPolicy[] policies =
        [
            new TierPolicy(Tier.Production, Timeout.InfiniteTimeSpan, IsLocal: true),
            .. nodes.Siblings.Select(_ => new TierPolicy(Tier.Production, hedge)),
            new TierPolicy(Tier.Master, Timeout.InfiniteTimeSpan),
        ];
        var tiers = new NodeTiers(sources, new TierResolver(policies), cache);
        var chunks = new TieredChunkSource(tiers, manifests, options.Fetch, time, logger);
        var held = new HeldManifests(manifests, cache);
        return new NodeSources(
            chunks, new ChunkServerBackend(chunks, manifests, OwnManifests: held) { NeverBlocks = true });
    }

    /// <summary>A master node: vault, the other owners of a file.</summary>
    public static NodeSources OfMaster(
        IVault vault, KnownNodes nodes, NodeSourceOptions options, TimeProvider time, ILogger<TieredChunkSource> logger)
    {
        var hedge = options.Links.HedgeAfter;
        var manifests = new ManifestTable(
            new ManifestSources(vault, new MasterManifestSource(nodes.Owners, hedge, time)));
        var tiers = new NodeTiers(
            [vault, new MasterChunkSource(nodes.Owners, manifests, hedge, time)],
            new TierResolver(
                new TierPolicy(Tier.Master, Timeout.InfiniteTimeSpan, IsLocal: true),
                new TierPolicy(Tier.Master, Timeout.InfiniteTimeSpan)),
            kept: null);
        var chunks = new TieredChunkSource(tiers, manifests, options.Fetch, time, logger);

        return new NodeSources(chunks, new ChunkServerBackend(
            chunks, manifests, new VaultIntake(vault), vault, new VaultHoldings(vault)));
    }

    public ValueTask DisposeAsync() => Chunks.DisposeAsync();
}
