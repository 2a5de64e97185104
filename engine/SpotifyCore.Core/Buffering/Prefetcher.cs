using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Buffering;

/// <summary>
/// Decides when the next track is fetched: from peers as soon as the current one is safe, its head from production when
/// that one nears its end. Never while the current one wants for anything. Stateless.
/// </summary>
/// <param name="options">The marks.</param>
/// <param name="buffer">Judges the current track.</param>
internal sealed class Prefetcher(PrefetchOptions options, BufferModel buffer)
{
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

    /// <summary>What is left of a track after the playback point.</summary>
    public static TimeSpan TimeLeft(Download current, Instant now) =>
        current.Point.Ahead(current.Manifest, current.Manifest.ChunkCount, now);

    private bool IsSafe(Download current, Instant now) =>
        current.Frontier == current.Manifest.ChunkCount
        || (current.Point.Pace != PlaybackPace.Unpaced && current.Ahead(now) >= options.SafeAhead);
}
