using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// Opens tracks and finds peers for a client's core: out of what is held when the whole file is in the cache, else by a
/// call of the access point.
/// </summary>
internal sealed class SimAccessPointClient(SimClient client) : IAccessPoint, IAccessClient, IDue
{
    private AccessCall? _due;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>When it was last told that it is online.</summary>
    public Instant WelcomedAt { get; private set; }

    /// <inheritdoc/>
    public SimHost Host => client;

    /// <inheritdoc/>
    public string Site => client.Site;

    /// <inheritdoc/>
    public int Session { get; set; }

    private SimAccessPoint AccessPoint => client.Population.AccessPoint;

    private TrackLibrary Tracks => client.Population.Tracks;

    /// <inheritdoc/>
    public void Open(in OpenTrack opening)
    {
        client.Note(ActionTrace.OpenTrack);
        var index = TrackLibrary.IndexOf(opening.Track);
        client.Plays.Begin(opening.Play, index);
        var local = client.Time.Now + client.Network.Options.LocalOpenTakes;

        // An advert was opened with the answer that it is due; where there are any, each play is asked for.
        if (opening.IsAdvert || (client.Cache.HoldsWhole(index) && !AccessPoint.Adverts.Any))
        {
            client.Time.Push(local.Ticks, this, Session, opening.Play.Value);
            return;
        }

        AccessPoint.Ask(new AccessCall(this, AccessCallKind.Open, opening.Play, index) { LastAdvert = opening.LastAdvert });
    }

    /// <inheritdoc/>
    public void CheckHeld(in CheckHeld check)
    {
        client.Note(ActionTrace.CheckHeld);
        var (track, isHeld) = (check.Track, client.Cache.HoldsWhole(TrackLibrary.IndexOf(check.Track)));
        var session = Session;
        client.Time.After(client.Network.Options.LocalOpenTakes, () =>
        {
            if (Session == session)
                client.Raise(new HeldChecked(track, isHeld));
        });
    }

    /// <inheritdoc/>
    public void FindPeers(in FindPeers find)
    {
        client.Note(ActionTrace.FindPeers);
        AccessPoint.Ask(
            new AccessCall(this, AccessCallKind.FindPeers, PlayId.None, Tracks.IndexOf(find.File)));
    }

    /// <inheritdoc/>
    public void TellPlaying(in TellPlaying playing) => client.Note(ActionTrace.TellPlaying);

    /// <inheritdoc/>
    public void AnnounceHeld(in AnnounceHeld held)
    {
        client.Note(ActionTrace.AnnounceHeld);
        AccessPoint.Ask(
            new AccessCall(this, AccessCallKind.Held, PlayId.None, Tracks.IndexOf(held.File)));
    }

    /// <inheritdoc/>
    public void AskReverse(in AskReverse ask)
    {
        client.Note(ActionTrace.AskReverse);
        AccessPoint.Ask(new AccessCall(this, AccessCallKind.Reverse, PlayId.None, -1) { Peer = ask.Peer });
    }

    /// <inheritdoc/>
    public void Report(in ReportPeer report)
    {
        client.Note(ActionTrace.Report);
        AccessPoint.Ask(new AccessCall(this, AccessCallKind.Report, PlayId.None, -1) { Peer = report.Peer });
    }

    /// <summary>A track was opened out of what was kept of it.</summary>
    public void Due(int what, long value)
    {
        if (what != Session)
            return;

        var play = new PlayId(value);
        var isDue = _due is { } due && client.Plays.Find(play)?.Track == due.Advert!.Track;
        Opened(play, isDue ? new OpenedTrack(null!, _due!.Nodes!, _due.Peers!) : new OpenedTrack(null!, [], []));
    }

    /// <inheritdoc/>
    public void Welcomed(NodeAddress[] nodes)
    {
        WelcomedAt = client.Time.Now;
        client.Raise(new NodesKnown(nodes));
    }

    /// <inheritdoc/>
    public void Answered(AccessCall call)
    {
        if (call.Kind == AccessCallKind.Open && client.Keepings.Answered(call))
            return;

        if (call.Kind == AccessCallKind.FindPeers)
            client.Raise(new PeersFound(Tracks.FileOf(call.Track), call.Peers ?? []));
        else if (call.Kind == AccessCallKind.Open && call is { Peers: not null, Advert: { } advert })
            NoteDue(call, advert);
        else if (call.Kind == AccessCallKind.Open && call.Peers is { } peers)
            Opened(call.Play, new OpenedTrack(null!, call.Nodes!, peers));
        else if (call.Kind == AccessCallKind.Open && client.Cache.HoldsAny(call.Track))
            Opened(call.Play, new OpenedTrack(null!, [], []));
        else if (call.Kind == AccessCallKind.Open)
            client.Raise(new TrackOpenFailed(call.Play, DeliveryFailure.AccessPointUnreachable));
    }

    /// <inheritdoc/>
    public void ReverseAsked(PeerAddress asker) => client.Raise(new ReverseRequested(asker));

    /// <inheritdoc/>
    public IEnumerable<int> LatestHeld(int most) => client.Cache.LatestWhole(most);

    private void NoteDue(AccessCall call, SimAdvert advert)
    {
        _due = call;
        client.Raise(new AdvertDue(
            call.Play, TrackLibrary.TrackIdOf(advert.Track), advert.Impression, advert.Wait));
    }

    private void Opened(PlayId id, OpenedTrack opened)
    {
        if (client.Plays.Find(id) is not { Manifest: null } play)
            return;

        var manifest = Tracks.ManifestOf(play.Track);
        play.Open(manifest);
        play.TrackerFound = opened.Peers.Length > 0;
        client.Raise(new TrackOpened(id, opened with { Manifest = manifest }));
    }
}
