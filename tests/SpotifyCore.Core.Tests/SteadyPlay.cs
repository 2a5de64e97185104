using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

/// <summary>
/// A long play from peers in its steady state, driven by hand without allocating: one step is one chunk's whole trip.
/// </summary>
public sealed class SteadyPlay : IChunkVerifier, IAccessPoint, IChunkStore, IPeerNetwork, IPlayer, IWakeTimer
{
    private static readonly PlayId Play = new(1);

    private readonly ClientCore _core;
    private readonly Manifest _manifest;
    private readonly bool[] _delivered;
    private readonly Queue<PeerMessage>[] _asked;
    private readonly Queue<uint> _read = new(1024);
    private readonly Queue<uint> _stored = new(1024);
    private readonly ActionBuffer _actions = new(64);
    private readonly ClientPorts _ports;
    private bool _mustTellPresence;
    private Instant _now = new(TimeSpan.TicksPerSecond);
    private uint _next;
    private int _turn;

    public SteadyPlay(int peers)
    {
        var track = TestTrack.Create(5, seconds: 1_800);
        _manifest = track.Manifest;
        _delivered = new bool[_manifest.ChunkCount];
        _asked = [.. Enumerable.Range(0, peers).Select(static _ => new Queue<PeerMessage>(1024))];
        _core = new ClientCore(new ClientCoreOptions(), this);
        _ports = new ClientPorts(this, this, this, this, this);
        Raise(new TracksChosen([track.Id], 0, _now));
        Raise(new TrackOpened(Play, new OpenedTrack(_manifest, [], [])));
        for (var i = 1; i <= peers; i++)
        {
            var connection = new ConnectionId(-i);
            Raise(new ConnectionOpened(
                connection, new RemoteSide(new PeerId((UInt128)i), PeerRole.Peer, 64)));
            Raise(new MessageReceived(connection, PeerMessage.Have(1, _manifest.File, HaveKind.Whole)));
        }
    }

    public uint Played => _next;

    /// <summary>A chunk comes from a peer, is verified, delivered, stored and played; others are asked for.</summary>
    public void Step()
    {
        do
            _turn = (_turn + 1) % _asked.Length;
        while (_asked[_turn].Count == 0);

        var message = _asked[_turn].Dequeue();
        var connection = new ConnectionId(-_turn - 1);
        _now += TimeSpan.FromMilliseconds(40);
        var length = _manifest.LengthOf(message.Chunk);
        var chunk = PeerMessage.ChunkData(message.Request, message.Chunk, Tier.Peers, length);
        Raise(new ChunkReceived(connection, chunk, Slot: 1));
        if (!_delivered[_next])
            return;

        var sample = (long)_manifest.SeekPointOf(_next).Sample;
        Raise(new PlaybackAdvanced(Play, ++_next, sample));
    }

    public bool Matches(int slot, Manifest manifest, uint index, int length) => true;

    void IChunkStore.AskPresence(in AskPresence asked) => _mustTellPresence = true;

    void IChunkStore.Read(in ReadChunk read) => _read.Enqueue(read.Chunk);

    void IChunkStore.Store(in StoreChunk chunk) => _stored.Enqueue(chunk.Chunk);

    void IChunkStore.OpenKept(in OpenKept opening)
    {
    }

    void IChunkStore.Keep(in KeepChunk chunk)
    {
    }

    void IChunkStore.EndKeeping(in EndKeeping ended)
    {
    }

    void IChunkStore.QueryHeld(in QueryHeld query)
    {
    }

    void IPlayer.Deliver(in DeliverChunk chunk) => _delivered[chunk.Chunk] = true;

    void IPlayer.Reposition(in Reposition seek)
    {
    }

    void IPlayer.StartSounding(in StartSounding start)
    {
    }

    void IPlayer.Load(in LoadPlay load)
    {
        // What is delivered is noted.
    }

    void IPlayer.Stop(in StopPlay stop) => Assert.Equal(0u, _next);

    void IPlayer.SetOutput(in SetOutput output) => Assert.Fail("paused");

    void IPlayer.Close(in ClosePlay closed)
    {
    }

    void IPeerNetwork.Connect(in Connect connect)
    {
    }

    void IPeerNetwork.Close(in CloseConnection close) => Assert.Fail($"{close.Reason}");

    void IPeerNetwork.Send(in SendMessage send)
    {
        var message = send.Message;
        if (message.Kind != PeerMessageKind.ChunkRequest)
            return;

        for (var i = 0u; i < message.Count; i++)
        {
            var one = PeerMessage.RequestChunks(
                message.Request, message.File, message.Chunk + i, 1, RequestPriority.Playing, 0);
            _asked[-send.Connection.Value - 1].Enqueue(one);
        }
    }

    void IPeerNetwork.SendHit(in SendHit hit)
    {
    }

    void IPeerNetwork.SendPart(in SendPart part)
    {
    }

    void IPeerNetwork.SendChunk(in SendChunk chunk)
    {
    }

    void IAccessPoint.Open(in OpenTrack track)
    {
    }

    void IAccessPoint.CheckHeld(in CheckHeld check) => Assert.Fail("the track is at hand");

    void IAccessPoint.FindPeers(in FindPeers find)
    {
    }

    void IAccessPoint.AnnounceHeld(in AnnounceHeld held)
    {
    }

    void IAccessPoint.TellPlaying(in TellPlaying playing)
    {
    }

    void IAccessPoint.AskReverse(in AskReverse ask)
    {
    }

    void IAccessPoint.Report(in ReportPeer report)
    {
    }

    void IWakeTimer.WakeAt(Instant at)
    {
    }

    private void Raise<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        Handle(occurred);
        if (_mustTellPresence)
        {
            _mustTellPresence = false;
            Handle(new PresenceKnown(Play, default));
        }

        while (_stored.Count + _read.Count > 0)
        {
            if (_stored.TryDequeue(out var stored))
                Handle(new ChunkStored(Play, stored, IsStored: true));

            if (_read.TryDequeue(out var read))
                Handle(new CacheRead(Play, read, Slot: 2, _manifest.LengthOf(read)));
        }
    }

    private void Handle<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        _actions.Clear();
        _core.Handle(occurred, _now, _actions);
        for (var i = 0; i < _actions.Count; i++)
            _actions.CarryOut(i, _ports);
    }
}
