using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Simulation.Tracks;

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

    private readonly SimNetwork _network;
    private readonly VirtualTime _time;
    private readonly WorldOptions _options;
    private readonly TrackLibrary _tracks;
    private readonly Dictionary<int, long> _arrivals = [];
    private readonly Dictionary<int, IAccessClient> _clients = [];
    private readonly List<SimHost> _nodes = [];
    private readonly List<TrackedPeer> _found = [];
    private readonly List<AccessCall?> _calls = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<int, NodeAddress[]> _nodesByRegion = [];
    private readonly Dictionary<int, List<int>> _reverse = [];
    private SeededRandom _pauses;
    private long _freeAt;

    internal SimAccessPoint(SimNetwork network, TrackLibrary tracks)
    {
        (_network, _time, _options, _tracks) = (network, network.Time, network.Options, tracks);
        Tracker = new Tracker(_options.Tracker);
        Adverts = new SimAdverts(_options, tracks);
        _pauses = new SeededRandom(_options.Seed ^ PauseSeed);
    }

    /// <summary>A client is online: it came, or came back.</summary>
    public event Action<SimHost>? Arrived;

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

    /// <summary>Times that adverts were heard to their end.</summary>
    public int AdvertsHeard => Adverts.Heard;

    /// <summary>Times that a client reported a peer.</summary>
    public long Reports { get; private set; }

    /// <inheritdoc/>
    int IDue.TraceId => -3;

    /// <summary>True while a client is online here: it knows that it can open tracks.</summary>
    public bool HasSession(SimHost client) => _arrivals.ContainsKey(client.Number);

    /// <summary>Tells the tracker that an online client has the whole of a file.</summary>
    public void Announce(SimHost client, int track) =>
        Tracker.Held(client.PeerId, _tracks.FileOf(track), _time.Now);

    /// <inheritdoc/>
    void IDue.Due(int what, long value)
    {
        if (_calls[(int)value] is not { } call)
            return;

        switch ((Step)what)
        {
            case Step.Arrived:
                var begins = Math.Max(_time.Now.Ticks, _freeAt);
                _freeAt = begins + _options.AccessPointTakes.Ticks;
                _time.Push(_freeAt + _options.AccessPointLatency.Ticks, this, (int)Step.Answers, value);
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

    /// <summary>Who is to hear adverts.</summary>
    internal SimAdverts Adverts { get; }

    /// <summary>There is another node to tell clients of.</summary>
    internal void Add(SimHost node)
    {
        _nodes.Add(node);
        _nodesByRegion.Clear();
    }

    internal void Ask(AccessCall call)
    {
        var client = call.Client.Host;
        _network.Counters.AccessPointCalls++;
        if (call.Kind is AccessCallKind.Held or AccessCallKind.Reverse or AccessCallKind.Report && IsDown)
            return;

        var place = Keep(call);
        if (IsDown)
        {
            _time.Push(_time.Now.Ticks + RoundTripOf(client), this, (int)Step.Taken, place);
            return;
        }

        if (call.Kind is AccessCallKind.Open or AccessCallKind.FindPeers)
            _time.Push(_time.Now.Ticks + _options.AccessPointTimeout.Ticks, call, 0, 0);

        // TCP goes on trying while the client is cut off.
        var leaves = Math.Max(_time.Now.Ticks, client.Island.Until);
        var arrives = leaves + client.Up.Wait.Ticks + (RoundTripOf(client) / 2);
        _time.Push(arrives, this, (int)Step.Arrived, place);
    }

    /// <summary>TCP, TLS and the call: three round trips, then the client is online.</summary>
    /// <param name="client">The client.</param>
    /// <param name="failures">Times in a row that it could not.</param>
    internal void LogIn(IAccessClient client, int failures = 0)
    {
        var call = new AccessCall(client, AccessCallKind.LogIn, PlayId.None, -1) { Failures = failures };
        var place = Keep(call);
        _time.Push(_time.Now.Ticks + (5 * RoundTripOf(client.Host) / 2), this, (int)Step.Arrived, place);
    }

    internal void Leave(SimHost client, bool wasTold)
    {
        if (!_arrivals.Remove(client.Number, out var arrival))
            return;

        var (id, tracker) = (client.PeerId, Tracker);
        var missed = wasTold ? TimeSpan.Zero : _options.PresenceTimeout;
        _time.After(missed, () => tracker.Leave(id, arrival));
    }

    /// <summary>A client is cut off: if that lasts, its session breaks.</summary>
    internal void CutOff(IAccessClient client)
    {
        var (host, session) = (client.Host, client.Session);
        _time.After(BreakNoticed, () =>
        {
            if (client.Session != session || host.Island.Until <= _time.Now.Ticks || !HasSession(host))
                return;

            Leave(host, wasTold: true);
            ComeBack(client, failures: 0);
        });
    }

    private void BreakAll()
    {
        Tracker = new Tracker(_options.Tracker);
        _reverse.Clear();
        foreach (var number in _arrivals.Keys.Order())
            ComeBack(_clients[number], failures: 0);

        _arrivals.Clear();
    }

    // Anything up to the bound, so that they don't come in step.
    private void ComeBack(IAccessClient client, int failures)
    {
        var (session, bound) = (client.Session, Backoff.Bound(FirstPause, LongestPause, failures));
        _time.After(_pauses.Between(TimeSpan.Zero, bound), () =>
        {
            if (client.Session == session)
                LogIn(client, failures);
        });
    }

    private long RoundTripOf(SimHost client) =>
        _network.Regions.Between(client.Region, _options.AccessPointRegion);

    private void Answer(AccessCall call, long place)
    {
        var isCutOff = call.Kind == AccessCallKind.LogIn && call.Client.Host.Island.Until > _time.Now.Ticks;
        if (IsDown || isCutOff || call.IsOver || call.Session != call.Client.Session)
        {
            Release(place);
            Retry(call);
            return;
        }

        var client = call.Client.Host;
        var bytes = AnswerBytes;
        switch (call.Kind)
        {
            case AccessCallKind.Open:
                call.Advert = Adverts.Take(client.Number, call.Track, call.LastAdvert, _time.Now);
                var track = call.Advert?.Track ?? call.Track;
                var file = _tracks.FileOf(track);
                call.Peers = Find(call.Client, file);
                call.Nodes = NodesFor(client.Region);
                Tracker.Played(client.PeerId, file, _time.Now);
                bytes += Content.Manifests.Manifest.EntrySize * _tracks.ChunksOf(track);
                break;
            case AccessCallKind.FindPeers:
                call.Peers = Find(call.Client, _tracks.FileOf(call.Track));
                break;
            case AccessCallKind.Held:
                if (_options.AnnouncesHeld)
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
                Arrive(call.Client);
                call.Nodes = NodesFor(client.Region);
                break;
        }

        call.AnswerBytes = WireSize.Of(bytes);
        _time.Push(_time.Now.Ticks + (RoundTripOf(client) / 2), this, (int)Step.Back, place);
    }

    private void Back(AccessCall call, long place)
    {
        var client = call.Client.Host;
        var blocked = Math.Max(client.AsleepUntil, client.Island.Until);
        var now = _time.Now.Ticks;
        if (blocked > now)
            _time.Push(blocked, this, (int)Step.Back, place);
        else
            _time.Push(client.Down.Pass(now, call.AnswerBytes), this, (int)Step.Taken, place);
    }

    internal static void Take(AccessCall call)
    {
        if (call.IsOver || call.Session != call.Client.Session)
            return;

        call.IsOver = true;
        if (call.Kind != AccessCallKind.LogIn)
            call.Client.Answered(call);
        else if (call.Nodes is not null)
            call.Client.Welcomed(call.Nodes);
    }

    // It went down while it worked: a login is tried again, all else has failed.
    private void Retry(AccessCall call)
    {
        if (call.Kind != AccessCallKind.LogIn)
            Take(call);
        else if (call.Session == call.Client.Session)
            ComeBack(call.Client, call.Failures + 1);
    }

    private void Arrive(IAccessClient client)
    {
        var host = client.Host;
        var port = host.SessionOptions.Serves ? host.Address.Port : 0;
        var place = new ClientPlace(host.Address.Host, port, client.Site);
        if (!Tracker.TryArrive(host.PeerId, place, out var arrival))
            return;

        (_arrivals[host.Number], _clients[host.Number]) = (arrival, client);
        foreach (var track in client.LatestHeld(_options.AnnouncesHeld ? AnnouncedAtLogin : 0))
            Announce(host, track);

        Arrived?.Invoke(host);
    }

    private PeerAddress[] Find(IAccessClient client, FileId file)
    {
        _found.Clear();
        Tracker.Find(file, client.Host.PeerId, client.Site, _time.Now, _found);
        var peers = new PeerAddress[_found.Count];
        for (var i = 0; i < peers.Length; i++)
            peers[i] = Seen(_clients[SimHost.NumberOf(_found[i].Id)], client);

        return peers;
    }

    /// <summary>A peer as another is told of it.</summary>
    private PeerAddress Seen(IAccessClient peer, IAccessClient by)
    {
        var place = peer.Site == by.Site ? PeerPlace.SameSite : PeerPlace.None;
        place |= peer.Host.IsNear(by.Host) ? PeerPlace.SameLan | PeerPlace.Inside : PeerPlace.None;
        if (_reverse.TryGetValue(peer.Host.Number, out var askers) && askers.Count >= ReverseAskers)
            place |= PeerPlace.Unreachable;

        return new PeerAddress(peer.Host.Address, place);
    }

    /// <summary>Passes on to a peer, if it is online, that another wants it to connect.</summary>
    private void PassOn(AccessCall call)
    {
        var number = SimHost.NumberOf(call.Peer);
        if (!Tracker.TryFindPlace(call.Peer, out _) || _clients[number] is not { Host.IsListening: true } peer)
            return;

        if (!_reverse.TryGetValue(number, out var askers))
            _reverse.Add(number, askers = []);

        if (askers.Count < ReverseAskers && !askers.Contains(call.Client.Host.Number))
            askers.Add(call.Client.Host.Number);

        var (session, asker) = (peer.Session, Seen(call.Client, peer));
        _time.After(new TimeSpan(RoundTripOf(peer.Host) / 2), () =>
        {
            if (peer.Session == session)
                peer.ReverseAsked(asker);
        });
    }

    /// <summary>The nodes nearest to a region, in the order in which they were added.</summary>
    private NodeAddress[] NodesFor(int region)
    {
        if (!_nodesByRegion.TryGetValue(region, out var nodes))
        {
            nodes = [.. _nodes
                .OrderBy(node => _network.Regions.Between(region, node.Region))
                .ThenBy(node => node.Number)
                .Take(_options.NodesTold)
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
