using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Delivery.Tiers;
using SpotifyCore.Node.Tiers;

namespace SpotifyCore.Node.Links;

/// <summary>
/// Master storage as a source: a file's owners are asked in the ring's order, the next one at once when one fails,
/// lacks the chunk, is busy or sends a wrong one, and as well when one is slow. Safe for many threads.
/// </summary>
public sealed class MasterChunkSource : IChunkSource
{
    private readonly OwnerMap _owners;
    private readonly Dictionary<PeerId, NodeChunkSource> _sources;
    private readonly TierWalk[] _walks;

    /// <summary>Takes the masters; all of it the caller's.</summary>
    /// <param name="owners">The masters and who owns what.</param>
    /// <param name="manifests">What chunks are verified with.</param>
    /// <param name="hedgeAfter">How long one owner alone may take to answer.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public MasterChunkSource(OwnerMap owners, IManifestSource manifests, TimeSpan hedgeAfter, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(owners.OwnerCount, TierAttempts.MaxTiers, nameof(owners));
        _owners = owners;
        _sources = owners.Links.ToDictionary(
            static link => link.Key, link => new NodeChunkSource(link.Value, manifests));
        _walks = [.. Enumerable.Range(1, owners.OwnerCount).Select(count => WalkOf(count, hedgeAfter, time))];
    }

    /// <inheritdoc/>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var owners = _owners.FindOwners(request.File);
        return owners.Length == 0
            ? new ValueTask<ChunkReadResult>(ChunkReadResult.NotFound)
            : AskAsync(owners, request, destination, cancellationToken);
    }

    private async ValueTask<ChunkReadResult> AskAsync(
        PeerId[] owners, ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
    {
        var sources = Array.ConvertAll(owners, id => (IChunkSource)_sources[id]);
        var walk = _walks[owners.Length - 1];
        return (await walk.ReadAsync(sources, request, destination, cancellationToken)).Result;
    }

    private static TierWalk WalkOf(int count, TimeSpan hedgeAfter, TimeProvider time)
    {
        var policy = new TierPolicy(Tier.Master, hedgeAfter);
        return new TierWalk(new TierResolver([.. Enumerable.Repeat(policy, count)]), time);
    }
}
