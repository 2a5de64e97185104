using SpotifyCore.Content.Sources;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

/// <summary>How a client core stands at one moment.</summary>
/// <param name="Peers">Connections to peers, open or being opened.</param>
/// <param name="Requests">Requests for chunks in flight.</param>
/// <param name="Buffered">Music in the current play's feed, without a gap, after the playback point.</param>
/// <param name="Uploads">What goes up, why, and how much may.</param>
public readonly record struct ClientCoreStatus(int Peers, int Requests, TimeSpan Buffered, UploadStatus Uploads)
{
    /// <summary>Payload bytes given to peers so far.</summary>
    public long UploadedBytes => Uploads.Bytes;

    /// <summary>Payload bytes given so far for one purpose of the far side.</summary>
    public long UploadedFor(RequestPriority priority) => priority switch
    {
        RequestPriority.Playing => Uploads.PlayingBytes,
        RequestPriority.Prefetch => Uploads.PrefetchBytes,
        _ => Uploads.OfflineBytes,
    };
}
