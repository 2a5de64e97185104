using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>How much of what a source has room for may be asked of it for a download.</summary>
internal static class OfflineShare
{
    /// <summary>
    /// All of it, but where the download is kept for later: then less is under way, so that who clicks waits less. A source
    /// of which much is under way is asked for whole ranges: for each chunk that comes one more request would cost both
    /// sides more, and fill the queue of requests that a peer has.
    /// </summary>
    public static int Of(int spare, Download download, Link link, DownloadOptions options)
    {
        if (download.Priority != RequestPriority.OfflineSync)
            return spare;

        var bySpeed = link.Speed.BytesPerSecond * options.OfflineOutstanding.TotalSeconds;
        var left = Math.Min(spare, (int)Math.Max(bySpeed, options.OfflineOutstandingAtLeast) - link.OutstandingBytes);
        return left >= Math.Min(options.PeerRange * Manifest.ChunkSize, link.OutstandingBytes / 4) ? left : 0;
    }
}
