using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Node.Tiers;

/// <summary>Where a node's chunks come from, nearest first.</summary>
public sealed class NodeTiers
{
    /// <summary>Takes the sources and, in the same order, how each is treated. The first must be local.</summary>
    /// <param name="sources">The sources; the bytes they give are verified.</param>
    /// <param name="resolver">What is asked when.</param>
    /// <param name="kept">Where chunks that came from afar are kept; null to keep none.</param>
    public NodeTiers(IReadOnlyList<IChunkSource> sources, TierResolver resolver, IChunkCache? kept)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sources.Count, resolver.Count, nameof(sources));
        if (!resolver[0].IsLocal)
            throw new ArgumentException("The first tier must be local.", nameof(resolver));

        Sources = sources;
        Resolver = resolver;
        Kept = kept;
    }

    /// <summary>The sources, nearest first.</summary>
    public IReadOnlyList<IChunkSource> Sources { get; }

    /// <summary>What is asked when.</summary>
    public TierResolver Resolver { get; }

    /// <summary>Where chunks that came from afar are kept, if anywhere.</summary>
    public IChunkCache? Kept { get; }

    /// <summary>The nearest source.</summary>
    public IChunkSource Local => Sources[0];
}
