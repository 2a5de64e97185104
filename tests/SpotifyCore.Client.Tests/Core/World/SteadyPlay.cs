using SpotifyCore.Client.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Tests.Core.World;

/// <summary>
/// A long play from peers in its steady state, driven by hand without allocating: one step is one chunk's whole trip.
/// </summary>
public sealed class SteadyPlay : IChunkJudge
{
    private static readonly PlayId Play = new(1);

    private readonly ClientCore _core;
    private readonly Manifest _manifest;
    private readonly bool[] _delivered;
    private readonly Queue<PeerMessage>[] _asked;
    private readonly Queue<ClientEvent> _events = new(1024);
    private ActionBuffer _actions = new(64);
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
        Raise(ClientEvent.Chosen(Play, track.Id, paced: true));
        Raise(ClientEvent.TrackOpened(Play, new OpenedTrack(_manifest, [], [])));
        for (var i = 1; i <= peers; i++)
        {
            var connection = new ConnectionId(-i);
            Raise(ClientEvent.ConnectionOpened(connection, new PeerId((UInt128)i), PeerRole.Peer, 64));
            Raise(ClientEvent.MessageReceived(connection, PeerMessage.Have(1, _manifest.File, HaveKind.Whole)));
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
        Raise(ClientEvent.ChunkReceived(connection, chunk, slot: 1));
        if (!_delivered[_next])
            return;

        var sample = (long)_manifest.SeekPointOf(_next).Sample;
        Raise(ClientEvent.PlaybackAdvanced(Play, ++_next, sample));
    }

    public bool Matches(int slot, Manifest manifest, uint index, int length) => true;

    private void Raise(in ClientEvent occurred)
    {
        _events.Enqueue(occurred);
        while (_events.TryDequeue(out var next))
        {
            _actions.Clear();
            _core.Handle(next, _now, ref _actions);
            foreach (ref readonly var action in _actions.Actions)
                Carry(action);
        }
    }

    private void Carry(in ClientAction action)
    {
        switch (action.Kind)
        {
            case ClientActionKind.AskPresence:
                _events.Enqueue(ClientEvent.CachePresence(Play, default));
                break;
            case ClientActionKind.StoreChunk:
                _events.Enqueue(ClientEvent.ChunkStored(Play, action.Chunk, stored: true));
                break;
            case ClientActionKind.ReadCache:
                _events.Enqueue(ClientEvent.CacheRead(Play, action.Chunk, slot: 2, _manifest.LengthOf(action.Chunk)));
                break;
            case ClientActionKind.Deliver:
                _delivered[action.Chunk] = true;
                break;
            case ClientActionKind.Send when action.Message.Kind == PeerMessageKind.ChunkRequest:
                var (request, file) = (action.Message.Request, action.Message.File);
                for (var i = 0u; i < action.Message.Count; i++)
                {
                    var one = PeerMessage.RequestChunks(
                        request, file, action.Message.Chunk + i, 1, RequestPriority.Playing, 0);
                    _asked[-action.Connection.Value - 1].Enqueue(one);
                }

                break;
        }
    }
}
