using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Node.Tiers;

namespace SpotifyCore.Node.Links;

/// <summary>
/// Master storage as a source: a file's owners are asked in the ring's order, the next one at once when one fails,
/// lacks the chunk, is busy or sends a wrong one, and as well when one is slow. Safe for many threads.
/// </summary>
internal sealed class MasterChunkSource : IChunkSource, IChunkGiver
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
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        CopyAsync(AskAsync(request, cancellationToken), destination);

    /// <inheritdoc/>
    ValueTask<TierAnswer> IChunkGiver.TakeAsync(in ChunkRequest request, CancellationToken cancellationToken) =>
        AskAsync(request, cancellationToken);

    private ValueTask<TierAnswer> AskAsync(in ChunkRequest request, CancellationToken cancellationToken)
    {
        var owners = _owners.FindOwners(request.File);
        if (owners.Length == 0)
            return ValueTask.FromResult(new TierAnswer(-1, ChunkReadResult.NotFound, null));

        var sources = Array.ConvertAll(owners, id => (IChunkSource)_sources[id]);
        return _walks[owners.Length - 1].ReadAsync(sources, request, cancellationToken);
    }

    private static async ValueTask<ChunkReadResult> CopyAsync(ValueTask<TierAnswer> asked, Memory<byte> destination)
    {
        var answer = await asked;
        if (answer.Memory is { } memory)
        {
            memory.Bytes[..answer.Result.Length].CopyTo(destination);
            memory.Release();
        }

        return answer.Result;
    }

    private static TierWalk WalkOf(int count, TimeSpan hedgeAfter, TimeProvider time)
    {
        var policy = new TierPolicy(Tier.Master, hedgeAfter);
        return new TierWalk(new TierResolver([.. Enumerable.Repeat(policy, count)]), time);
    }
}
