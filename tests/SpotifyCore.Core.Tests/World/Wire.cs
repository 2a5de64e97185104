using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Ports;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.World;

/// <summary>The connections of the client under test, with the rules that a session would hold it to.</summary>
public sealed class Wire(NetWorld world) : IPeerNetwork
{
    private const int RequestLimit = 64;

    private readonly Dictionary<ConnectionId, Host> _open = [];
    private readonly HashSet<ConnectionId> _connecting = [];
    private readonly Dictionary<(ConnectionId, uint), Pending> _requests = [];
    private readonly Dictionary<ConnectionId, uint> _newest = [];

    public List<(ConnectionId Connection, CloseReason Reason)> Closes { get; } = [];

    public List<(ConnectionId Connection, PeerMessage Message)> Sent { get; } = [];

    public List<SendChunk> Uploads { get; } = [];

    /// <summary>True to complete uploads as they are asked for.</summary>
    public bool CompletesUploads { get; set; } = true;

    /// <summary>Requests refused for being too many.</summary>
    public int Refused { get; private set; }

    public void Close(in CloseConnection close)
    {
        Closes.Add((close.Connection, close.Reason));
        Assert.True(_connecting.Remove(close.Connection) | Lose(close.Connection));
    }

    public void Send(in SendMessage send) => Send(send.Connection, send.Message);

    public void SendHit(in SendHit hit) =>
        Send(hit.Connection, PeerMessage.SearchHit(hit.Query, hit.Addresses.Length));

    public void SendPart(in SendPart part) =>
        Send(part.Connection, PeerMessage.HavePart(part.Request, part.File, 0, part.Chunks));

    public void SendChunk(in SendChunk chunk)
    {
        Assert.True(_open.ContainsKey(chunk.Connection));
        Uploads.Add(chunk);
        var upload = chunk;
        if (CompletesUploads)
            world.Clock.After(TimeSpan.FromMilliseconds(5), () => Complete(upload));
    }

    public void Accept(ConnectionId connection, Host peer)
    {
        _open.Add(connection, peer);
        peer.Connections.Add(connection);
    }

    public bool Lose(ConnectionId connection)
    {
        if (!_open.Remove(connection, out var host))
            return false;

        host.Connections.Remove(connection);
        foreach (var key in _requests.Keys.Where(key => key.Item1 == connection).ToArray())
            _requests.Remove(key);

        return true;
    }

    /// <summary>
    /// What a session does with an answer: swallows those to requests that were given up or are over.
    /// </summary>
    public bool Accepts(ConnectionId connection, in PeerMessage message)
    {
        if (!_open.ContainsKey(connection))
            return false;

        if (message.Kind is PeerMessageKind.HaveRequest or PeerMessageKind.ChunkRequest
            or PeerMessageKind.Cancel or PeerMessageKind.GoAway
            or PeerMessageKind.Search or PeerMessageKind.SearchHit)
            return true;

        var key = (connection, message.Request);
        if (!_requests.TryGetValue(key, out var pending))
            return false;

        pending.Left -= message.Kind == PeerMessageKind.ChunkData ? 1u : pending.Left;
        if (pending.Left == 0)
            _requests.Remove(key);

        return !pending.Cancelled;
    }

    public void Connect(in Connect connect)
    {
        var (connection, address) = connect;
        var host = world.HostAt(address);
        _connecting.Add(connection);
        world.Clock.After(host.Latency * 4, () =>
        {
            if (!_connecting.Remove(connection))
                return;

            if (host.IsDown)
            {
                world.Raise(new ConnectionFailed(connection));
                return;
            }

            Accept(connection, host);
            var role = host.IsNode ? PeerRole.Node : PeerRole.Peer;
            world.Raise(new ConnectionOpened(connection, new RemoteSide(address.Id, role, 64)));
        });
    }

    private void Send(ConnectionId connection, PeerMessage message)
    {
        Assert.True(_open.TryGetValue(connection, out var host), "A message for a connection that is not open.");
        Sent.Add((connection, message));
        switch (message.Kind)
        {
            case PeerMessageKind.HaveRequest or PeerMessageKind.ChunkRequest:
                if (!TryBegin(connection, message))
                    return;

                break;
            case PeerMessageKind.Cancel:
                if (!_requests.TryGetValue((connection, message.Request), out var pending))
                    return;

                Assert.False(pending.Cancelled);
                pending.Cancelled = true;
                break;
        }

        world.Clock.After(host.Latency, () => host.Receive(connection, message));
    }

    /// <summary>
    /// Begins a request, or refuses it as a session does with too many in flight, cancelled ones included.
    /// </summary>
    private bool TryBegin(ConnectionId connection, in PeerMessage message)
    {
        Assert.True(message.Request > _newest.GetValueOrDefault(connection));
        _newest[connection] = message.Request;
        if (_requests.Keys.Count(key => key.Item1 == connection) >= RequestLimit)
        {
            Refused++;
            world.Raise(new MessageReceived(connection, PeerMessage.Busy(message.Request, 100)));
            return false;
        }

        _requests.Add((connection, message.Request), new Pending { Left = Math.Max(1, message.Count) });
        var chunks = _requests
            .Where(entry => entry.Key.Item1 == connection && !entry.Value.Cancelled)
            .Sum(entry => entry.Value.Left);
        Assert.InRange(chunks, 1, 64 + 4);
        if (message.Kind != PeerMessageKind.ChunkRequest)
            return true;

        Assert.InRange(message.Count, 1u, (uint)PeerMessage.MaxChunksPerRequest);
        Assert.True(message.Chunk + message.Count <= world.ManifestOf(message.File).ChunkCount);
        return true;
    }

    private void Complete(SendChunk upload)
    {
        var chunk = upload.Chunk;
        var length = world.Cache.Has(chunk) ? world.ManifestOf(chunk.File).LengthOf(chunk.Index) : 0;
        if (_open.ContainsKey(upload.Connection))
            world.Raise(new ChunkSent(upload.Connection, upload.Request, chunk.Index, length));
    }

    private sealed class Pending
    {
        public uint Left { get; set; }

        public bool Cancelled { get; set; }
    }
}
