using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Core.Composition;

/// <summary>How a client core stands at one moment.</summary>
/// <param name="Peers">Connections to peers, open or being opened.</param>
/// <param name="Requests">Requests for chunks in flight.</param>
/// <param name="Buffered">Music in the current play's feed, without a gap, after the playback point.</param>
/// <param name="Uploads">What goes up, why, and how much may.</param>
public readonly record struct ClientCoreStatus(int Peers, int Requests, TimeSpan Buffered, UploadStatus Uploads)
{
    /// <summary>Payload bytes given to peers so far.</summary>
    public long UploadedBytes => Uploads.Bytes;
}
