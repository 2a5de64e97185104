using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Buffering;

/// <summary>
/// Decides how far production may be asked for a file: its head before it sounds, then what is urgent while peers
/// carry the bulk, or a limited look-ahead while there are none. Stateless.
/// </summary>
/// <param name="options">The spans.</param>
internal sealed class LookAhead(BufferOptions options)
{
    /// <summary>A chunk due within so long is urgent.</summary>
    public TimeSpan LowMark => options.LowMark;

    /// <summary>The first chunk that production is not asked for now.</summary>
    /// <param name="download">The file.</param>
    /// <param name="hasPeers">True when a connected peer holds it.</param>
    /// <param name="now">The time.</param>
    public uint LimitFor(Download download, bool hasPeers, Instant now)
    {
        if (download.Priority == RequestPriority.OfflineSync)
            return IsWithoutPeers(download, hasPeers, now) ? download.Map.Count : download.Point.Chunk;

        var span = SpanFor(download, hasPeers, now);
        if (span == TimeSpan.Zero)
            return download.Point.Chunk;

        var limit = download.Point.ChunkAfter(download.Manifest, span);

        // All of that is here and it does not sound: it came too slowly, and more must lie ahead first.
        var isGathering = !download.Sounds && download.Priority == RequestPriority.Playing;
        return isGathering && download.Frontier >= limit
            ? download.Point.ChunkAfter(download.Manifest, options.LookAhead)
            : limit;
    }

    /// <summary>The first chunk that peers are not asked for now.</summary>
    public uint PeerLimitFor(Download download)
    {
        var isPlaying = download.Priority == RequestPriority.Playing;
        var span = isPlaying ? options.PeerLookAhead : options.PeerHead;
        if (span == TimeSpan.MaxValue || download.Point.Pace == PlaybackPace.Unpaced)
            return download.Manifest.ChunkCount;

        if (isPlaying)
        {
            var played = Math.Max(0, download.Point.Sample - download.Manifest.PreSkip) / 48_000.0;
            span += TimeSpan.FromSeconds(played * options.PeerLookAheadGrowth);
        }

        return download.Point.ChunkAfter(download.Manifest, span);
    }

    /// <summary>
    /// When the answer changes by itself: the search for peers is over, the patience with them has ended.
    /// <see cref="Instant.Never"/> when it does not.
    /// </summary>
    public Instant ChangesAt(Download download, Instant now)
    {
        var next = Instant.Never;
        var search = download.OpenedAt + options.PeerSearch;
        if (search > now)
            next = search;

        var patience = download.NeededSince + options.UnpacedPatience;
        if (download.Point.Pace == PlaybackPace.Unpaced && patience > now)
            next = Instant.Min(next, patience);

        return next;
    }

    // What is kept for later can wait for peers, also for those that are slow.
    private bool IsWithoutPeers(Download download, bool hasPeers, Instant now) =>
        now - (hasPeers ? download.LastProgress : download.OpenedAt) >= options.PeerSearch;

    private TimeSpan SpanFor(Download download, bool hasPeers, Instant now)
    {
        if (download.Priority != RequestPriority.Playing)
            return options.Head;

        if (hasPeers && download.Sounds && download.Point.Pace != PlaybackPace.Unpaced)
            return options.LowMark;

        if (hasPeers && download.Sounds)
            return now - download.NeededSince >= options.UnpacedPatience ? options.LookAhead : TimeSpan.Zero;

        // Peers are still being connected: the head is enough until they are, also once it sounds.
        if (now - download.OpenedAt < options.PeerSearch)
            return options.Head;

        var span = download.Sounds ? options.LookAhead : options.Head;
        return hasPeers ? span : span * options.LookAheadFactorWithoutPeers;
    }
}
