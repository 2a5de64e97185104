using SpotifyCore.Content.Identity;
using SpotifyCore.Harness.Access;
using SpotifyCore.Harness.Running;
using SpotifyCore.Harness.Tracks;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>
/// Opens tracks and finds peers for a client's core: out of what is held when the whole file is in the cache, else by a
/// call of the access point.
/// </summary>
internal sealed class AccessDesk(SimClient client) : IDue
{
    /// <inheritdoc/>
    public int TraceId => client.Number;

    private World World => client.World;

    public void Open(PlayId play, TrackId track)
    {
        var index = TrackLibrary.IndexOf(track);
        if (client.Cache.HoldsWhole(index))
            World.Push((World.Now + World.Options.LocalOpenTakes).Ticks, this, client.Session, play.Value);
        else
            World.AccessPoint.Ask(new AccessCall(client, AccessCallKind.Open, play, index));
    }

    public void FindPeers(FileId file) => World.AccessPoint.Ask(
        new AccessCall(client, AccessCallKind.FindPeers, PlayId.None, World.Tracks.IndexOf(file)));

    public void AnnounceHeld(FileId file) => World.AccessPoint.Ask(
        new AccessCall(client, AccessCallKind.Held, PlayId.None, World.Tracks.IndexOf(file)));

    /// <summary>Asks that a peer connect to this client.</summary>
    public void AskReverse(PeerId peer) => World.AccessPoint.Ask(
        new AccessCall(client, AccessCallKind.Reverse, PlayId.None, -1) { Peer = peer });

    /// <summary>Says that a peer lied.</summary>
    public void Report(PeerId peer) => World.AccessPoint.Ask(
        new AccessCall(client, AccessCallKind.Report, PlayId.None, -1) { Peer = peer });

    /// <summary>A track was opened out of what was kept of it.</summary>
    public void Due(int what, long value)
    {
        if (what == client.Session)
            Opened(new PlayId(value), new OpenedTrack(null!, [], []));
    }

    /// <summary>The answer of a call; null when there was none.</summary>
    public void Answered(AccessCall call)
    {
        if (call.Kind == AccessCallKind.FindPeers)
            client.Driver.Raise(ClientEvent.PeersFound(World.Tracks.FileOf(call.Track), call.Peers ?? []));
        else if (call.Kind == AccessCallKind.Open && call.Peers is { } peers)
            Opened(call.Play, new OpenedTrack(null!, call.Nodes!, peers));
        else if (call.Kind == AccessCallKind.Open && client.Cache.HoldsAny(call.Track))
            Opened(call.Play, new OpenedTrack(null!, [], []));
        else if (call.Kind == AccessCallKind.Open)
            client.Driver.Raise(ClientEvent.TrackOpenFailed(call.Play, DeliveryFailure.AccessPointUnreachable));
    }

    private void Opened(PlayId id, OpenedTrack opened)
    {
        if (client.Listener.Find(id) is not { Manifest: null } play)
            return;

        play.Manifest = World.Tracks.ManifestOf(play.Track);
        play.TrackerFound = opened.Peers.Length > 0;
        client.Driver.Raise(ClientEvent.TrackOpened(id, opened with { Manifest = play.Manifest }));
    }
}
