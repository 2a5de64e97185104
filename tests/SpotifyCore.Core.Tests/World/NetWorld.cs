using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Ports;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.World;

/// <summary>
/// One client core in a small deterministic world: scripted peers and nodes, an index for a cache, an ear for a
/// player, virtual time. Checks at every action what must always hold.
/// </summary>
public sealed class NetWorld : IChunkVerifier, IAccessPoint, IChunkStore, IPlayer, IWakeTimer
{
    private readonly Dictionary<TrackId, TestTrack> _tracks = [];
    private readonly Dictionary<FileId, Manifest> _manifests = [];
    private readonly Dictionary<NodeAddress, Host> _hosts = [];
    private readonly Dictionary<PlayId, Ear> _ears = [];
    private readonly Dictionary<PlayId, Instant> _chosenAt = [];
    private readonly Dictionary<int, (ChunkId Chunk, bool Right)> _slots = [];
    private readonly Queue<Action> _waiting = new();
    private readonly ClientCore _core;
    private readonly bool _paced;
    private readonly ActionBuffer _actions = new(16);
    private readonly ClientPorts _ports;
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
        Options.IsPaced = paced;
        _core = new ClientCore(Options, this);
        _paced = paced;
        Wire = new Wire(this);
        _ports = new ClientPorts(this, this, Wire, this, this);
    }

    public Clock Clock { get; } = new();

    public ClientCoreOptions Options { get; } = new();

    public CacheIndex Cache { get; } = new();

    public Wire Wire { get; }

    public List<Host> Nodes { get; } = [];

    public List<Host> Peers { get; } = [];

    /// <summary>Times from OpenTrack to its answer.</summary>
    public TimeSpan OpenTakes { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Time that the cache takes for a write.</summary>
    public TimeSpan StoreTakes { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How much too early a timer goes off, unless what it is set to is nearer still.</summary>
    public TimeSpan WakesEarly { get; set; }

    public Dictionary<PlayId, PlayStatistics> Closed { get; } = [];

    public List<(PlayId Play, DeliveryFailure Failure)> Failures { get; } = [];

    public List<FileId> Announced { get; } = [];

    public List<(PeerId Peer, CloseReason Reason)> Reported { get; } = [];

    public List<PeerId> Reversed { get; } = [];

    /// <summary>Every action so far, in order.</summary>
    public List<IClientAction> Done { get; } = [];

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
        Raise(new NodesKnown([.. Nodes.Select(node => node.Address)]));
        Clock.Run(TimeSpan.FromSeconds(1));
    }

    /// <summary>The listener goes to a track at once: to the one announced, or to another.</summary>
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
        if (_core.Playback.Current is null)
        {
            Raise(new TracksChosen([track.Id], 0, Clock.Now));
        }
        else
        {
            if (_core.Playback.Next?.Id != play)
                Raise(new TracksInserted([track.Id], Clock.Now));

            Raise(new SkipRequested(Clock.Now));
        }

        Assert.Equal(play, _core.Playback.Current?.Id ?? play);
        if (_ears.TryGetValue(play, out var ear))
            ear.MakeCurrent();
    }

    public void Announce(PlayId play, TestTrack track)
    {
        _next = play;
        Raise(new TracksAppended([track.Id], Clock.Now));
        Assert.Equal(play, _core.Playback.Next!.Id);
    }

    public void Seek(PlayId play, TimeSpan to) => Raise(new SeekRequested(play, (long)(to.TotalSeconds * 48_000)));

    public void SetPaused(PlayId play, bool paused)
    {
        if (_ears.TryGetValue(play, out var ear))
            ear.SetPaused(paused);

        if (paused)
            Raise(new PauseRequested());
        else
            Raise(new ResumeRequested());
    }

    public void Stop() => Raise(new PlaybackStopped());

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
            Raise(new ConnectionClosed(connection, Misbehaved: false));
    }

    /// <summary>A peer connects to the client.</summary>
    public ConnectionId Accept(Host peer, UInt128 account = default)
    {
        var connection = new ConnectionId(--_incoming);
        Wire.Accept(connection, peer);
        var remote = new RemoteSide(peer.Address.Id, PeerRole.Peer, 64) { Account = account };
        Raise(new ConnectionOpened(connection, remote));
        return connection;
    }

    public void Bring(ConnectionId connection, in PeerMessage message)
    {
        if (Wire.Accepts(connection, message))
            Raise(new MessageReceived(connection, message));
    }

    public void Bring(ConnectionId connection, in PeerMessage message, FileId file, bool right)
    {
        if (!Wire.Accepts(connection, message))
            return;

        var slot = Fill(new ChunkId(file, message.Chunk), right);
        Raise(new ChunkReceived(connection, message, slot), slot);
    }

    public void Sounds(Ear ear) => Raise(new PlaySounding(ear.Play, Clock.Now));

    public void Advanced(Ear ear) => Raise(new PlaybackAdvanced(ear.Play, ear.Next, ear.Sample));

    public void Ended(Ear ear)
    {
        Raise(new PlaybackAdvanced(ear.Play, ear.Next, ear.Manifest.Samples));
        (_current, _next) = (_next, default);
        if (_ears.TryGetValue(_current, out var next))
            next.ChosenAt = Clock.Now;
        else
            _chosenAt[_current] = Clock.Now;

        Raise(new PlayEnded(ear.Play, 0, IsComplete: true, Clock.Now));
        if (_ears.TryGetValue(_current, out next))
            next.MakeCurrent();
    }

    public bool Matches(int slot, Manifest manifest, uint index, int length)
    {
        var (chunk, right) = _slots[slot];
        return right && chunk == new ChunkId(manifest.File, index) && length == manifest.LengthOf(index);
    }

    /// <summary>
    /// Hands an event to the core and carries its actions out; one raised meanwhile waits its turn. A slot it lends
    /// is gone once that is done.
    /// </summary>
    public void Raise<TEvent>(TEvent occurred, int? lent = null)
        where TEvent : struct, IClientEvent
    {
        _waiting.Enqueue(() =>
        {
            _actions.Clear();
            _core.Handle(occurred, Clock.Now, _actions);
            for (var i = 0; i < _actions.Count; i++)
            {
                Note(_actions[i]);
                _actions.CarryOut(i, _ports);
            }

            if (lent is { } slot)
                _slots.Remove(slot);
        });
        if (_handling)
            return;

        _handling = true;
        while (_waiting.TryDequeue(out var next))
            next();

        _handling = false;
    }

    private int Fill(ChunkId chunk, bool right)
    {
        _slots.Add(++_nextSlot, (chunk, right));
        return _nextSlot;
    }

    private void Note(IClientAction action)
    {
        Done.Add(action);
        foreach (var letter in $"{action} {Clock.Now.Ticks}")
            Trace = (Trace ^ letter) * 1099511628211;
    }

    void IAccessPoint.CheckHeld(in CheckHeld check) => Raise(new HeldChecked(check.Track, IsHeld: false));

    void IAccessPoint.Open(in OpenTrack track) => Open(track.Play, track.Track);

    void IAccessPoint.FindPeers(in FindPeers find)
    {
        PeerSearches++;
        var file = find.File;
        Clock.After(OpenTakes, () => Raise(new PeersFound(file, PeerAddresses())));
    }

    void IAccessPoint.AnnounceHeld(in AnnounceHeld held) => Announced.Add(held.File);

    void IAccessPoint.AskReverse(in AskReverse ask) => Reversed.Add(ask.Peer);

    void IAccessPoint.Report(in ReportPeer report) => Reported.Add((report.Peer, report.Reason));

    void IChunkStore.AskPresence(in AskPresence asked) =>
        Raise(new PresenceKnown(asked.Play, Cache.Presence(asked.File, asked.Chunks)));

    void IChunkStore.Read(in ReadChunk read)
    {
        var (play, chunk) = (read.Play, new ChunkId(read.File, read.Chunk));
        Clock.After(TimeSpan.FromMilliseconds(1), () => Read(play, chunk));
    }

    void IChunkStore.Store(in StoreChunk stored)
    {
        var (play, chunk) = (stored.Play, new ChunkId(stored.File, stored.Chunk));
        Assert.Equal((chunk, true), _slots[stored.Slot]);
        Clock.After(StoreTakes, () => Raise(new ChunkStored(play, chunk.Index, Cache.Put(chunk))));
    }

    void IChunkStore.QueryHeld(in QueryHeld query)
    {
        var file = query.File;
        var held = _manifests.TryGetValue(file, out var manifest)
            && Enumerable.Range(0, (int)manifest.ChunkCount).All(i => Cache.Has(new ChunkId(file, (uint)i)));
        Raise(new HeldAnswered(query.Connection, query.Request, file, held));
    }

    void IPlayer.Deliver(in DeliverChunk chunk)
    {
        var ear = _ears[chunk.Play];
        Assert.Equal((new ChunkId(ear.Manifest.File, chunk.Chunk), true), _slots[chunk.Slot]);
        ear.Deliver(chunk.Chunk);
    }

    void IPlayer.Reposition(in Reposition seek) => _ears[seek.Play].Reposition(seek.Chunk, seek.Sample);

    void IPlayer.StartSounding(in StartSounding start) => _ears[start.Play].Ready();

    void IPlayer.Load(in LoadPlay load)
    {
        // An ear takes what is delivered.
    }

    void IPlayer.Stop(in StopPlay stop)
    {
        // An ear ends with its play.
    }

    void IPlayer.SetOutput(in SetOutput output)
    {
        // No test here is about the volume.
    }

    void IPlayer.Close(in ClosePlay closed)
    {
        Closed.Add(closed.Play, closed.Statistics);
        if (closed.Failure != DeliveryFailure.None && !closed.Failure.IsWanted())
            Failures.Add((closed.Play, closed.Failure));

        if (_ears.TryGetValue(closed.Play, out var ear))
            ear.Interrupt();
    }

    void IWakeTimer.WakeAt(Instant at) => Wake(at);

    private void Open(PlayId play, TrackId track) => Clock.After(OpenTakes, () =>
    {
        if (Closed.ContainsKey(play))
            return;

        if (!_tracks.TryGetValue(track, out var found))
        {
            Raise(new TrackOpenFailed(play, DeliveryFailure.UnknownTrack));
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
        Raise(new TrackOpened(play, new OpenedTrack(found.Manifest, nodes, PeerAddresses())));
    });

    private PeerAddress[] PeerAddresses() =>
        [.. Peers.Where(peer => peer.Holds || peer.Promises).Select(peer => peer.Address)];

    private void Read(PlayId play, ChunkId chunk)
    {
        if (!Cache.Has(chunk))
        {
            Raise(new CacheMissed(play, chunk.Index));
            return;
        }

        var length = _manifests[chunk.File].LengthOf(chunk.Index);
        var slot = Fill(chunk, true);
        Raise(new CacheRead(play, chunk.Index, slot, length), slot);
    }

    private void Wake(Instant at)
    {
        Assert.True(at > Clock.Now, "A wake must lie ahead.");
        var wake = ++_wakes;
        var early = at - Clock.Now > 2 * WakesEarly ? WakesEarly : TimeSpan.Zero;
        Clock.At(at - early, () =>
        {
            if (wake == _wakes)
                Raise(new Woken());
        });
    }
}
