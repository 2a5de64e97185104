using SpotifyCore.Client.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Client.Tests.Core.World;

/// <summary>
/// One client core in a small deterministic world: scripted peers and nodes, an index for a cache, an ear for a
/// player, virtual time. Checks at every action what must always hold.
/// </summary>
public sealed class NetWorld : IChunkJudge
{
    private readonly Dictionary<TrackId, TestTrack> _tracks = [];
    private readonly Dictionary<FileId, Manifest> _manifests = [];
    private readonly Dictionary<NodeAddress, Host> _hosts = [];
    private readonly Dictionary<PlayId, Ear> _ears = [];
    private readonly Dictionary<PlayId, Instant> _chosenAt = [];
    private readonly Dictionary<int, (ChunkId Chunk, bool Right)> _slots = [];
    private readonly Queue<ClientEvent> _waiting = new();
    private readonly ClientCore _core;
    private readonly bool _paced;
    private ActionBuffer _actions = new(16);
    private int _nextSlot;
    private int _incoming;
    private long _wakes;
    private bool _handling;
    private PlayId _current;
    private PlayId _next;

    public NetWorld(Action<ClientCoreOptions>? configure = null, bool paced = true)
    {
        Options.Self = new PeerId(12345);
        configure?.Invoke(Options);
        _core = new ClientCore(Options, this);
        _paced = paced;
        Wire = new Wire(this);
    }

    public Clock Clock { get; } = new();

    public ClientCoreOptions Options { get; } = new();

    public CacheIndex Cache { get; } = new();

    public Wire Wire { get; }

    public List<Host> Nodes { get; } = [];

    public List<Host> Peers { get; } = [];

    /// <summary>Times from OpenTrack to its answer.</summary>
    public TimeSpan OpenTakes { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How much too early a timer goes off, unless what it is set to is nearer still.</summary>
    public TimeSpan WakesEarly { get; set; }

    public Dictionary<PlayId, PlayStatistics> Closed { get; } = [];

    public List<(PlayId Play, DeliveryFailure Failure)> Failures { get; } = [];

    public List<FileId> Announced { get; } = [];

    public List<(PeerId Peer, CloseReason Reason)> Reported { get; } = [];

    public List<PeerId> Reversed { get; } = [];

    public List<ClientActionKind> Kinds { get; } = [];

    public int PeerSearches { get; private set; }

    /// <summary>A hash over every action so far, in order.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    public ClientCoreStatus Status => _core.Status;

    public Ear Ear(PlayId play) => _ears[play];

    public PlayStatistics Statistics(PlayId play) => _core.StatisticsOf(play) ?? Closed[play];

    public Manifest ManifestOf(FileId file) => _manifests[file];

    public Host AddNode()
    {
        var host = new Host(this, 100 + Nodes.Count, isNode: true);
        Nodes.Add(host);
        _hosts.Add(host.Address, host);
        return host;
    }

    public Host AddPeer()
    {
        var host = new Host(this, 200 + Peers.Count, isNode: false);
        Peers.Add(host);
        _hosts.Add(host.Address, host);
        return host;
    }

    public Host HostAt(in NodeAddress address) => _hosts[address];

    public TestTrack AddTrack(int seed, int seconds, int bitsPerSecond = 160_000)
    {
        var track = TestTrack.Create(seed, seconds, bitsPerSecond);
        _tracks[track.Id] = track;
        _manifests[track.Manifest.File] = track.Manifest;
        return track;
    }

    /// <summary>Tells the core its nodes, ahead of any play, and lets the connection come up.</summary>
    public void GoOnline()
    {
        Raise(ClientEvent.NodesKnown([.. Nodes.Select(node => node.Address)]));
        Clock.Run(TimeSpan.FromSeconds(1));
    }

    public void Choose(PlayId play, TestTrack track)
    {
        _current = play;
        if (_next == play)
            _next = default;

        if (_ears.TryGetValue(play, out var prepared))
        {
            prepared.Restart();
            prepared.ChosenAt = Clock.Now;
        }

        _chosenAt[play] = Clock.Now;
        Raise(ClientEvent.Chosen(play, track.Id, _paced));
        if (_ears.TryGetValue(play, out var ear))
            ear.MakeCurrent();
    }

    public void Announce(PlayId play, TestTrack track)
    {
        _next = play;
        Raise(ClientEvent.NextAnnounced(play, track.Id, _paced));
    }

    public void Seek(PlayId play, TimeSpan to) => Raise(ClientEvent.Seek(play, (long)(to.TotalSeconds * 48_000)));

    public void SetPaused(PlayId play, bool paused)
    {
        if (_ears.TryGetValue(play, out var ear))
            ear.SetPaused(paused);

        Raise(paused ? ClientEvent.Paused(play) : ClientEvent.Resumed(play));
    }

    public void Stop() => Raise(ClientEvent.Stop());

    /// <summary>Plays a track to its end; false when it failed or never ended.</summary>
    public bool PlayToEnd(PlayId play, TestTrack track, TimeSpan? most = null)
    {
        Choose(play, track);
        return RunToEnd(play, most);
    }

    public bool RunToEnd(PlayId play, TimeSpan? most = null) => Clock.RunUntil(
        () => Closed.ContainsKey(play), most ?? TimeSpan.FromMinutes(30))
        && _ears.TryGetValue(play, out var ear) && ear.IsEnded;

    public void Drop(ConnectionId connection)
    {
        if (Wire.Lose(connection))
            Raise(ClientEvent.ConnectionClosed(connection));
    }

    /// <summary>A peer connects to the client.</summary>
    public ConnectionId Accept(Host peer, UInt128 account = default)
    {
        var connection = new ConnectionId(--_incoming);
        Wire.Accept(connection, peer);
        Raise(ClientEvent.ConnectionOpened(connection, peer.Address.Id, PeerRole.Peer, 64) with { Account = account });
        return connection;
    }

    public void Bring(ConnectionId connection, in PeerMessage message)
    {
        if (Wire.Accepts(connection, message))
            Raise(ClientEvent.MessageReceived(connection, message));
    }

    public void Bring(ConnectionId connection, in PeerMessage message, FileId file, bool right)
    {
        if (!Wire.Accepts(connection, message))
            return;

        var slot = Fill(new ChunkId(file, message.Chunk), right);
        Raise(ClientEvent.ChunkReceived(connection, message, slot));
    }

    public void Advanced(Ear ear) => Raise(ClientEvent.PlaybackAdvanced(ear.Play, ear.Next, ear.Sample));

    public void Ended(Ear ear)
    {
        Raise(ClientEvent.PlaybackAdvanced(ear.Play, ear.Next, ear.Manifest.Samples));
        (_current, _next) = (_next, default);
        if (_ears.TryGetValue(_current, out var next))
            next.ChosenAt = Clock.Now;
        else
            _chosenAt[_current] = Clock.Now;

        Raise(ClientEvent.PlayEnded(ear.Play));
        if (_ears.TryGetValue(_current, out next))
            next.MakeCurrent();
    }

    public bool Matches(int slot, Manifest manifest, uint index, int length)
    {
        var (chunk, right) = _slots[slot];
        return right && chunk == new ChunkId(manifest.File, index) && length == manifest.LengthOf(index);
    }

    /// <summary>Hands an event to the core and carries its actions out; one raised meanwhile waits its turn.</summary>
    public void Raise(in ClientEvent occurred)
    {
        _waiting.Enqueue(occurred);
        if (_handling)
            return;

        _handling = true;
        while (_waiting.TryDequeue(out var next))
        {
            _actions.Clear();
                _core.Handle(next, Clock.Now, ref _actions);
            foreach (var action in _actions.Actions.ToArray())
            {
                Note(action);
                Carry(action);
            }

            if (next.Slot != ClientEvent.NoSlot)
                _slots.Remove(next.Slot);
        }

        _handling = false;
    }

    private int Fill(ChunkId chunk, bool right)
    {
        _slots.Add(++_nextSlot, (chunk, right));
        return _nextSlot;
    }

    private void Note(in ClientAction action)
    {
        Kinds.Add(action.Kind);
        foreach (var part in (ReadOnlySpan<long>)[
            (long)action.Kind, action.Connection.Value, action.Play.Value, action.Chunk, (long)action.Message.Kind,
            action.Message.Request, action.Message.Chunk, action.Message.Count, action.At.Ticks, Clock.Now.Ticks])
            Trace = (Trace ^ (ulong)part) * 1099511628211;
    }

    private void Carry(in ClientAction action)
    {
        var (play, file, chunk) = (action.Play, action.File, action.Chunk);
        switch (action.Kind)
        {
            case ClientActionKind.OpenTrack:
                Open(play, action.Track);
                break;
            case ClientActionKind.FindPeers:
                PeerSearches++;
                Clock.After(OpenTakes, () => Raise(ClientEvent.PeersFound(file, PeerAddresses())));
                break;
            case ClientActionKind.AnnounceHeld:
                Announced.Add(file);
                break;
            case ClientActionKind.AskPresence:
                Raise(ClientEvent.CachePresence(play, Cache.Presence(file, action.Count)));
                break;
            case ClientActionKind.ReadCache:
                Clock.After(TimeSpan.FromMilliseconds(1), () => Read(play, new ChunkId(file, chunk)));
                break;
            case ClientActionKind.StoreChunk:
                Assert.Equal((new ChunkId(file, chunk), true), _slots[action.Slot]);
                Clock.After(TimeSpan.FromMilliseconds(1), () =>
                    Raise(ClientEvent.ChunkStored(play, chunk, Cache.Put(new ChunkId(file, chunk)))));
                break;
            case ClientActionKind.QueryHeld:
                var held = _manifests.TryGetValue(file, out var manifest)
                    && Enumerable.Range(0, (int)manifest.ChunkCount).All(i => Cache.Has(new ChunkId(file, (uint)i)));
                Raise(ClientEvent.HeldAnswered(action.Connection, action.Request, file, held));
                break;
            case ClientActionKind.Deliver:
                Assert.Equal((new ChunkId(_ears[play].Manifest.File, chunk), true), _slots[action.Slot]);
                _ears[play].Deliver(chunk);
                break;
            case ClientActionKind.Reposition:
                _ears[play].Reposition(chunk, action.Sample);
                break;
            case ClientActionKind.StartSounding:
                _ears[play].Ready();
                break;
            case ClientActionKind.Failed:
                Failures.Add((play, action.Failure));
                break;
            case ClientActionKind.PlayClosed:
                Closed.Add(play, action.Statistics!);
                if (_ears.TryGetValue(play, out var ear))
                    ear.Interrupt();

                break;
            case ClientActionKind.ReportPeer:
                Reported.Add((action.Peer, action.Reason));
                break;
            case ClientActionKind.AskReverse:
                Reversed.Add(action.Peer);
                break;
            case ClientActionKind.WakeAt:
                Wake(action.At);
                break;
            default:
                Wire.Carry(action);
                break;
        }
    }

    private void Open(PlayId play, TrackId track) => Clock.After(OpenTakes, () =>
    {
        if (Closed.ContainsKey(play))
            return;

        if (!_tracks.TryGetValue(track, out var found))
        {
            Raise(ClientEvent.TrackOpenFailed(play, DeliveryFailure.UnknownTrack));
            return;
        }

        var ear = new Ear(this, play, found.Manifest, _paced)
        {
            ChosenAt = _chosenAt.GetValueOrDefault(play, Clock.Now),
        };
        _ears.Add(play, ear);
        if (play == _current)
            ear.MakeCurrent();

        NodeAddress[] nodes = [.. Nodes.Select(node => node.Address)];
        Raise(ClientEvent.TrackOpened(play, new OpenedTrack(found.Manifest, nodes, PeerAddresses())));
    });

    private PeerAddress[] PeerAddresses() =>
        [.. Peers.Where(peer => peer.Holds || peer.Promises).Select(peer => peer.Address)];

    private void Read(PlayId play, ChunkId chunk)
    {
        if (!Cache.Has(chunk))
        {
            Raise(ClientEvent.CacheMissed(play, chunk.Index));
            return;
        }

        var length = _manifests[chunk.File].LengthOf(chunk.Index);
        Raise(ClientEvent.CacheRead(play, chunk.Index, Fill(chunk, true), length));
    }

    private void Wake(Instant at)
    {
        Assert.True(at > Clock.Now, "A wake must lie ahead.");
        var wake = ++_wakes;
        var early = at - Clock.Now > 2 * WakesEarly ? WakesEarly : TimeSpan.Zero;
        Clock.At(at - early, () =>
        {
            if (wake == _wakes)
                Raise(ClientEvent.Woken());
        });
    }
}
