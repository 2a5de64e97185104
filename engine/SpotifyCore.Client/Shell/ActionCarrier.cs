using SpotifyCore.Client.Access;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Peering;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>Sends each action to the desk that does such things.</summary>
internal sealed class ActionCarrier(
    CacheDesk cache, TrackDesk tracks, PlayerDesk plays, PeerDesk peers, AccessDesk access, SlotPool slots,
    WakeTimer timer) : IActionCarrier
{
    /// <inheritdoc/>
    public void Carry(in ClientAction action)
    {
        switch (action.Kind)
        {
            case ClientActionKind.OpenTrack:
                tracks.Open(action.Play, action.Track);
                break;
            case ClientActionKind.FindPeers:
                tracks.FindPeers(action.File);
                break;
            case ClientActionKind.AnnounceHeld:
                tracks.AnnounceHeld(action.File);
                break;
            case ClientActionKind.AskPresence:
                cache.AskPresence(action.Play, action.File, action.Count);
                break;
            case ClientActionKind.ReadCache:
                cache.Read(action.Play, action.File, action.Chunk);
                break;
            case ClientActionKind.StoreChunk:
                cache.Store(action);
                break;
            case ClientActionKind.QueryHeld:
                tracks.QueryHeld(action.Connection, action.Request, action.File);
                break;
            case ClientActionKind.WakeAt:
                timer.WakeAt(action.At);
                break;
            case ClientActionKind.AskReverse:
            case ClientActionKind.ReportPeer:
                access.Carry(action);
                break;
            case ClientActionKind.Connect:
            case ClientActionKind.Close:
            case ClientActionKind.Send:
            case ClientActionKind.SendChunk:
                peers.Carry(action);
                break;
            case ClientActionKind.Deliver:
                plays.Carry(action, slots[action.Slot].Span[..action.Length]);
                break;
            default:
                plays.Carry(action, []);
                break;
        }
    }
}
