using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Core;

/// <summary>
/// Says what an event can have changed, so that what comes for every chunk and for every question of a peer costs
/// little.
/// </summary>
internal static class UpkeepScopes
{
    public static UpkeepScope Of(in ClientEvent occurred) => occurred.Kind switch
    {
        ClientEventKind.MessageReceived => OfMessage(occurred.Message.Kind),
        ClientEventKind.HeldAnswered or ClientEventKind.ChunkSent or ClientEventKind.ChunkHeldUp
            or ClientEventKind.LineDelay or ClientEventKind.MonthCounted => UpkeepScope.Uploads,
        ClientEventKind.ChunkStored when occurred.Flag => UpkeepScope.Feeds,
        ClientEventKind.CacheRead when occurred.Length > 0 => UpkeepScope.Feeds,
        ClientEventKind.ChunkStored or ClientEventKind.CacheRead or ClientEventKind.PlaybackAdvanced =>
            UpkeepScope.Fetching,
        _ => UpkeepScope.Links,
    };

    private static UpkeepScope OfMessage(PeerMessageKind kind) => kind switch
    {
        PeerMessageKind.HaveRequest or PeerMessageKind.ChunkRequest or PeerMessageKind.Cancel
            or PeerMessageKind.ManifestRequest or PeerMessageKind.Search => UpkeepScope.Uploads,
        PeerMessageKind.ChunkData or PeerMessageKind.Have => UpkeepScope.Fetching,
        _ => UpkeepScope.Links,
    };
}
