using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Access;

/// <summary>
/// The access point with the real tracker: calls take half a round trip there, wait for those before them, are worked
/// on, and take half a round trip and the line back. Who loses the session with it comes back, as
/// <c>PresenceStream</c> has it, and is told the nodes again.
/// </summary>
public sealed class SimAccessPoint : IDue
{
    private const int AnnouncedAtLogin = 1_000;
    private const int AnswerBytes = 700;

    // So many that could not reach a peer make it pass for out of reach.
    private const int ReverseAskers = 2;

    private const ulong PauseSeed = 0x9A05E59A05E59A05;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A ping after half a minute, and 20 s for its answer.
    private static readonly TimeSpan BreakNoticed = TimeSpan.FromSeconds(50);

    private readonly World _world;
    private readonly Dictionary<int, long> _arrivals = [];
    private readonly List<TrackedPeer> _found = [];
    private readonly List<AccessCall?> _calls = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<int, NodeAddress[]> _nodesByRegion = [];
    private readonly Dictionary<int, List<int>> _reverse = [];
    private SeededRandom _pauses;
    private int _nodesKnown;
    private long _freeAt;

    internal SimAccessPoint(World world)
    {
        _world = world;
        Tracker = new Tracker(world.Options.Tracker);
        _pauses = new SeededRandom(world.Options.Seed ^ PauseSeed);
    }

    /// <summary>A client is online: it came, or came back.</summary>
    public event Action<SimClient>? Arrived;

    /// <summary>
    /// True while it answers nothing: it has ended, every session with it, and what its tracker knew is forgotten.
    /// </summary>
    public bool IsDown
    {
        get;
        set
        {
            if (value && !field)
                BreakAll();

            field = value;
        }
    }

    /// <summary>The tracker.</summary>
    public Tracker Tracker { get; private set; }

    /// <summary>Times that a client reported a peer.</summary>
    public long Reports { get; private set; }

    /// <inheritdoc/>
    int IDue.TraceId => -3;

    /// <summary>True while a client is online here: it knows that it can open tracks.</summary>
    public bool HasSession(SimClient client) => _arrivals.ContainsKey(client.Number);

    /// <summary>Tells the tracker that an online client has the whole of a file.</summary>
    public void Announce(SimClient client, int track) =>
        Tracker.Held(client.PeerId, _world.Tracks.FileOf(track), _world.Now);

    /// <inheritdoc/>
    void IDue.Due(int what, long value)
    {
        if (_calls[(int)value] is not { } call)
            return;

        switch ((Step)what)
        {
            case Step.Arrived:
                var begins = Math.Max(_world.Now.Ticks, _freeAt);
                _freeAt = begins + _world.Options.AccessPointTakes.Ticks;
                _world.Push(_freeAt + _world.Options.AccessPointLatency.Ticks, this, (int)Step.Answers, value);
                break;
            case Step.Answers:
                Answer(call, value);
                break;
            case Step.Back:
                Back(call, value);
                break;
            default:
                Release(value);
                Take(call);
                break;
        }
    }

    internal void Ask(AccessCall call)
    {
        var client = call.Client;
        _world.Network.AccessPointCalls++;
        if (call.Kind is AccessCallKind.Held or AccessCallKind.Reverse or AccessCallKind.Report && IsDown)
            return;

        var place = Keep(call);
        if (IsDown)
        {
            _world.Push(_world.Now.Ticks + RoundTripOf(client), this, (int)Step.Taken, place);
            return;
        }

        if (call.Kind is AccessCallKind.Open or AccessCallKind.FindPeers)
            _world.Push(_world.Now.Ticks + _world.Options.AccessPointTimeout.Ticks, call, 0, 0);

        // TCP goes on trying while the client is cut off.
        var leaves = Math.Max(_world.Now.Ticks, client.Island.Until);
        var arrives = leaves + client.Up.Wait.Ticks + (RoundTripOf(client) / 2);
        _world.Push(arrives, this, (int)Step.Arrived, place);
    }

    /// <summary>TCP, TLS and the call: three round trips, then the client is online.</summary>
    /// <param name="client">The client.</param>
    /// <param name="failures">Times in a row that it could not.</param>
    internal void LogIn(SimClient client, int failures = 0)
    {
        var call = new AccessCall(client, AccessCallKind.LogIn, PlayId.None, -1) { Failures = failures };
        var place = Keep(call);
        _world.Push(_world.Now.Ticks + (5 * RoundTripOf(client) / 2), this, (int)Step.Arrived, place);
    }

    internal void Leave(SimClient client, bool wasTold)
    {
        if (!_arrivals.Remove(client.Number, out var arrival))
            return;

        var (id, tracker) = (client.PeerId, Tracker);
        var missed = wasTold ? TimeSpan.Zero : _world.Options.PresenceTimeout;
        _world.After(missed, () => tracker.Leave(id, arrival));
    }

    /// <summary>A client is cut off: if that lasts, its session breaks.</summary>
    internal void CutOff(SimClient client)
    {
        var session = client.Session;
        _world.After(BreakNoticed, () =>
        {
            if (client.Session != session || client.Island.Until <= _world.Now.Ticks || !HasSession(client))
                return;

            Leave(client, wasTold: true);
            ComeBack(client, failures: 0);
        });
    }

    private void BreakAll()
    {
        Tracker = new Tracker(_world.Options.Tracker);
        _reverse.Clear();
        foreach (var client in _world.Clients)
        {
            if (_arrivals.Remove(client.Number))
                ComeBack(client, failures: 0);
        }
    }

    // Anything up to the bound, so that they don't come in step.
    private void ComeBack(SimClient client, int failures)
    {
        var (session, bound) = (client.Session, Backoff.Bound(FirstPause, LongestPause, failures));
        _world.After(_pauses.Between(TimeSpan.Zero, bound), () =>
        {
            if (client.Session == session)
                LogIn(client, failures);
        });
    }

    private long RoundTripOf(SimClient client) =>
        _world.Regions.Between(client.Region, _world.Options.AccessPointRegion);

    private void Answer(AccessCall call, long place)
    {
        var isCutOff = call.Kind == AccessCallKind.LogIn && call.Client.Island.Until > _world.Now.Ticks;
        if (IsDown || isCutOff || call.IsOver || call.Session != call.Client.Session)
        {
            Release(place);
            Retry(call);
            return;
        }

        var client = call.Client;
        var bytes = AnswerBytes;
        switch (call.Kind)
        {
            case AccessCallKind.Open:
                var file = _world.Tracks.FileOf(call.Track);
                call.Peers = Find(client, file);
                call.Nodes = NodesFor(client.Region);
                Tracker.Played(client.PeerId, file, _world.Now);
                bytes += Content.Manifests.Manifest.EntrySize * _world.Tracks.ChunksOf(call.Track);
                break;
            case AccessCallKind.FindPeers:
                call.Peers = Find(client, _world.Tracks.FileOf(call.Track));
                break;
            case AccessCallKind.Held:
                if (_world.Options.AnnouncesHeld)
                    Announce(client, call.Track);

                Release(place);
                return;
            case AccessCallKind.Reverse:
                PassOn(call);
                Release(place);
                return;
            case AccessCallKind.Report:
                Reports++;
                Release(place);
                return;
            default:
                Arrive(client);
                call.Nodes = NodesFor(client.Region);
                break;
        }

        call.AnswerBytes = WireSize.Of(bytes);
        _world.Push(_world.Now.Ticks + (RoundTripOf(client) / 2), this, (int)Step.Back, place);
    }

    private void Back(AccessCall call, long place)
    {
        var client = call.Client;
        var blocked = Math.Max(client.AsleepUntil, client.Island.Until);
        var now = _world.Now.Ticks;
        if (blocked > now)
            _world.Push(blocked, this, (int)Step.Back, place);
        else
            _world.Push(client.Down.Pass(now, call.AnswerBytes), this, (int)Step.Taken, place);
    }

    internal static void Take(AccessCall call)
    {
        if (call.IsOver || call.Session != call.Client.Session)
            return;

        call.IsOver = true;
        if (call.Kind != AccessCallKind.LogIn)
            call.Client.Access.Answered(call);
        else if (call.Nodes is not null)
            call.Client.Access.Welcomed(call.Nodes);
    }

    // It went down while it worked: a login is tried again, all else has failed.
    private void Retry(AccessCall call)
    {
        if (call.Kind != AccessCallKind.LogIn)
            Take(call);
        else if (call.Session == call.Client.Session)
            ComeBack(call.Client, call.Failures + 1);
    }

    private void Arrive(SimClient client)
    {
        var port = client.Spec.IsPhone ? 0 : 4000;
        var place = new ClientPlace(client.Address.Host, port, client.Site);
        if (!Tracker.TryArrive(client.PeerId, place, out var arrival))
            return;

        _arrivals[client.Number] = arrival;
        foreach (var track in client.Cache.LatestWhole(_world.Options.AnnouncesHeld ? AnnouncedAtLogin : 0))
            Announce(client, track);

        Arrived?.Invoke(client);
    }

    private PeerAddress[] Find(SimClient client, FileId file)
    {
        _found.Clear();
        Tracker.Find(file, client.PeerId, client.Site, _world.Now, _found);
        var peers = new PeerAddress[_found.Count];
        for (var i = 0; i < peers.Length; i++)
            peers[i] = Seen((SimClient)_world.Hosts[SimHost.NumberOf(_found[i].Id)], client);

        return peers;
    }

    /// <summary>A peer as another is told of it.</summary>
    private PeerAddress Seen(SimClient peer, SimClient by)
    {
        var place = peer.Site == by.Site ? PeerPlace.SameSite : PeerPlace.None;
        place |= peer.IsNear(by) ? PeerPlace.SameLan : PeerPlace.None;
        if (_reverse.TryGetValue(peer.Number, out var askers) && askers.Count >= ReverseAskers)
            place |= PeerPlace.Unreachable;

        return new PeerAddress(peer.Address, place);
    }

    /// <summary>Passes on to a peer, if it is online, that another wants it to connect.</summary>
    private void PassOn(AccessCall call)
    {
        if (_world.Hosts[SimHost.NumberOf(call.Peer)] is not SimClient { IsOnline: true } peer || !Knows(peer))
            return;

        if (!_reverse.TryGetValue(peer.Number, out var askers))
            _reverse.Add(peer.Number, askers = []);

        if (askers.Count < ReverseAskers && !askers.Contains(call.Client.Number))
            askers.Add(call.Client.Number);

        var (session, asker) = (peer.Session, Seen(call.Client, peer));
        _world.After(new TimeSpan(RoundTripOf(peer) / 2), () =>
        {
            if (peer.Session == session)
                peer.Raise(new ReverseRequested(asker));
        });
    }

    private bool Knows(SimClient client) => Tracker.TryFindPlace(client.PeerId, out _);

    /// <summary>The nodes nearest to a region, in the order in which they were added.</summary>
    private NodeAddress[] NodesFor(int region)
    {
        if (_nodesKnown != _world.Nodes.Count)
            _nodesByRegion.Clear();

        _nodesKnown = _world.Nodes.Count;
        if (!_nodesByRegion.TryGetValue(region, out var nodes))
        {
            nodes = [.. _world.Nodes
                .OrderBy(node => _world.Regions.Between(region, node.Region))
                .ThenBy(node => node.Number)
                .Take(_world.Options.NodesTold)
                .Select(node => node.Address)];
            _nodesByRegion.Add(region, nodes);
        }

        return nodes;
    }

    private long Keep(AccessCall call)
    {
        if (!_free.TryPop(out var place))
        {
            place = _calls.Count;
            _calls.Add(null);
        }

        _calls[place] = call;
        return place;
    }

    private void Release(long place)
    {
        _calls[(int)place] = null;
        _free.Push((int)place);
    }

    private enum Step
    {
        Arrived = 0,
        Answers,
        Back,
        Taken,
    }
}
