namespace SpotifyCore.Client.Core;

/// <summary>How a client core stands at one moment.</summary>
/// <param name="Peers">Connections to peers, open or being opened.</param>
/// <param name="Requests">Requests for chunks in flight.</param>
/// <param name="Uploads">Chunks on their way to peers.</param>
/// <param name="UploadedBytes">Payload bytes given to peers so far.</param>
/// <param name="Buffered">Music in the current play's feed, without a gap, after the playback point.</param>
public readonly record struct ClientCoreStatus(
    int Peers, int Requests, int Uploads, long UploadedBytes, TimeSpan Buffered);
