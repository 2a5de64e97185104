using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Buffering;

/// <summary>
/// Decides when the next track is fetched: from peers as soon as the current one is safe, its head from production when
/// that one nears its end. Never while the current one wants for anything. Owned by the core.
/// </summary>
/// <param name="options">The marks.</param>
/// <param name="buffer">Judges the current track.</param>
internal sealed class Prefetcher(PrefetchOptions options, BufferModel buffer)
{
    /// <summary>How long before the end of the current track the next begins to sound.</summary>
    public TimeSpan Overlap { get; set; }

    /// <summary>How far the prefetching of the next track may go.</summary>
    public PrefetchPhase PhaseFor(Download current, Instant now)
    {
        if (!options.Enabled || !current.Sounds || buffer.IsLow(current, now))
            return PrefetchPhase.Wait;

        var left = TimeLeft(current, now);
        if (left <= options.HeadAt)
            return PrefetchPhase.Head;

        return left <= options.PeersAt && IsSafe(current, now) ? PrefetchPhase.Peers : PrefetchPhase.Wait;
    }

    /// <summary>What is left of a track after the playback point, before the next begins to sound.</summary>
    public TimeSpan TimeLeft(Download current, Instant now)
    {
        var left = current.Point.Ahead(current.Manifest, current.Manifest.ChunkCount, now);
        return left > Overlap ? left - Overlap : TimeSpan.Zero;
    }

    private bool IsSafe(Download current, Instant now) =>
        current.Frontier == current.Manifest.ChunkCount
        || (current.Point.Pace != PlaybackPace.Unpaced && current.Ahead(now) >= options.SafeAhead);
}
