using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// Opens tracks and finds peers for a client's core: out of what is held when the whole file is in the cache, else by a
/// call of the access point.
/// </summary>
internal sealed class SimAccessPointClient(SimClient client) : IAccessPoint, IDue
{
    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>When it was last told that it is online.</summary>
    public Instant WelcomedAt { get; private set; }

    private World World => client.World;

    /// <inheritdoc/>
    public void Open(in OpenTrack opening)
    {
        client.Note(ActionTrace.OpenTrack);
        var index = TrackLibrary.IndexOf(opening.Track);
        client.Plays.Begin(opening.Play, index);
        if (client.Cache.HoldsWhole(index))
            World.Push((World.Now + World.Options.LocalOpenTakes).Ticks, this, client.Session, opening.Play.Value);
        else
            World.AccessPoint.Ask(new AccessCall(client, AccessCallKind.Open, opening.Play, index));
    }

    /// <inheritdoc/>
    public void CheckHeld(in CheckHeld check)
    {
        client.Note(ActionTrace.CheckHeld);
        var (track, isHeld) = (check.Track, client.Cache.HoldsWhole(TrackLibrary.IndexOf(check.Track)));
        var session = client.Session;
        World.After(World.Options.LocalOpenTakes, () =>
        {
            if (client.Session == session)
                client.Raise(new HeldChecked(track, isHeld));
        });
    }

    /// <inheritdoc/>
    public void FindPeers(in FindPeers find)
    {
        client.Note(ActionTrace.FindPeers);
        World.AccessPoint.Ask(
            new AccessCall(client, AccessCallKind.FindPeers, PlayId.None, World.Tracks.IndexOf(find.File)));
    }

    /// <inheritdoc/>
    public void AnnounceHeld(in AnnounceHeld held)
    {
        client.Note(ActionTrace.AnnounceHeld);
        World.AccessPoint.Ask(
            new AccessCall(client, AccessCallKind.Held, PlayId.None, World.Tracks.IndexOf(held.File)));
    }

    /// <inheritdoc/>
    public void AskReverse(in AskReverse ask)
    {
        client.Note(ActionTrace.AskReverse);
        World.AccessPoint.Ask(new AccessCall(client, AccessCallKind.Reverse, PlayId.None, -1) { Peer = ask.Peer });
    }

    /// <inheritdoc/>
    public void Report(in ReportPeer report)
    {
        client.Note(ActionTrace.Report);
        World.AccessPoint.Ask(new AccessCall(client, AccessCallKind.Report, PlayId.None, -1) { Peer = report.Peer });
    }

    /// <summary>A track was opened out of what was kept of it.</summary>
    public void Due(int what, long value)
    {
        if (what == client.Session)
            Opened(new PlayId(value), new OpenedTrack(null!, [], []));
    }

    /// <summary>It is online, and uses these nodes.</summary>
    public void Welcomed(NodeAddress[] nodes)
    {
        WelcomedAt = World.Now;
        client.Raise(new NodesKnown(nodes));
    }

    /// <summary>The answer of a call; null when there was none.</summary>
    public void Answered(AccessCall call)
    {
        if (call.Kind == AccessCallKind.FindPeers)
            client.Raise(new PeersFound(World.Tracks.FileOf(call.Track), call.Peers ?? []));
        else if (call.Kind == AccessCallKind.Open && call.Peers is { } peers)
            Opened(call.Play, new OpenedTrack(null!, call.Nodes!, peers));
        else if (call.Kind == AccessCallKind.Open && client.Cache.HoldsAny(call.Track))
            Opened(call.Play, new OpenedTrack(null!, [], []));
        else if (call.Kind == AccessCallKind.Open)
            client.Raise(new TrackOpenFailed(call.Play, DeliveryFailure.AccessPointUnreachable));
    }

    private void Opened(PlayId id, OpenedTrack opened)
    {
        if (client.Plays.Find(id) is not { Manifest: null } play)
            return;

        var manifest = World.Tracks.ManifestOf(play.Track);
        play.Open(manifest);
        play.TrackerFound = opened.Peers.Length > 0;
        client.Raise(new TrackOpened(id, opened with { Manifest = manifest }));
    }
}
