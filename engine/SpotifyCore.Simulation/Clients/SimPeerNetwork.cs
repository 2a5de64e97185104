using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Clients;

/// <summary>The connections of a client: what its core wants of them, and what comes over them.</summary>
internal sealed class SimPeerNetwork(SimClient client) : IPeerNetwork
{
    // An IPv4 address with id and port.
    private const int HitAddressBytes = PeerId.Size + 1 + 4 + 2;

    private static readonly TimeSpan DelayEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NearRoundTrip = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<ConnectionId, ConnectionEnd> _ends = [];
    private readonly Dictionary<ConnectionId, Connection> _connecting = [];

    // Chunks on their way that do not count against the cap, one a request.
    private readonly HashSet<(ConnectionId Connection, uint Request)> _unpaced = [];
    private int _accepted;
    private long _delayToldAt;

    /// <summary>Connections, open or being opened.</summary>
    public int Count => _ends.Count + _connecting.Count;

    /// <summary>Connections that are being opened.</summary>
    public int Connecting => _connecting.Count;

    // Such a liar sends a chunk at once and to its end, whatever is said meanwhile.
    private bool TellsWrongBytes => client.Spec.Lies == LieKind.WrongBytes;

    /// <summary>What is kept for a connection of a client.</summary>
    public static PeerTraffic TrafficOf(ConnectionEnd end) => (PeerTraffic)(end.State ??= new PeerTraffic());

    public ConnectionId NextIncoming() => new(--_accepted);

    /// <inheritdoc/>
    public void Connect(in Connect connect)
    {
        client.Note(ActionTrace.Connect, connect.Connection);
        var target = client.Network.Hosts[SimHost.NumberOf(connect.Address.Id!.Value)];
        var connection = new Connection(client, connect.Connection, target);
        _connecting.Add(connect.Connection, connection);
        connection.Begin();
    }

    /// <inheritdoc/>
    public void Close(in CloseConnection close)
    {
        client.Note(ActionTrace.Close, close.Connection);
        var closed = close.Connection;
        _unpaced.RemoveWhere(chunk => chunk.Connection == closed);
        if (_connecting.Remove(close.Connection, out var connecting))
            connecting.IsGivenUp = true;
        else if (_ends.Remove(close.Connection, out var end))
            end.Close();
    }

    /// <inheritdoc/>
    public void Send(in SendMessage send) => Send(send.Connection, send.Message, payload: null);

    /// <inheritdoc/>
    public void SendHit(in SendHit hit)
    {
        var named = hit.Addresses;
        if (named.Length > HitAddresses.MaxCount)
            named = named[..HitAddresses.MaxCount];

        Send(
            hit.Connection, PeerMessage.SearchHit(hit.Query, named.Length, named.Length * HitAddressBytes), named);
    }

    /// <inheritdoc/>
    public void SendPart(in SendPart part) => Send(
        part.Connection, PeerMessage.HavePart(part.Request, part.File, 0, part.Chunks), part.Present);

    /// <inheritdoc/>
    public void SendChunk(in SendChunk chunk)
    {
        client.Note(ActionTrace.SendChunk, chunk.Connection, chunk.Chunk.Index);
        if (!chunk.IsPaced)
            _unpaced.Add((chunk.Connection, chunk.Request));

        var track = client.Population.Tracks.IndexOf(chunk.Chunk.File);
        client.Inbox.PostCached(chunk.Connection, chunk.Request, track, chunk.Chunk.Index);
    }

    /// <summary>A chunk was read for a peer: it goes out, behind one that is on its way.</summary>
    public void ReadForPeer(in Posted read)
    {
        if (!_ends.TryGetValue(read.Connection, out var end))
            return;

        if (end.Lane.IsBusy)
            TrafficOf(end).Waiting.Enqueue(read);
        else
            SendChunk(end, read);
    }

    /// <summary>The lane takes another chunk.</summary>
    public void LaneFree(ConnectionEnd end, in PeerMessage sent)
    {
        if (!TellsWrongBytes)
            end.EndChunk(sent);

        client.UploadedBytes += sent.Length;
        client.PacedBytes += _unpaced.Remove((end.Id, sent.Request)) ? 0 : sent.Length;
        client.Inbox.Post(PostKind.Sent, end.Id, sent.Request, sent.Chunk, (int)sent.Length);
        TellDelay();
        SendWaiting(end);
    }

    /// <summary>A peer gave a request up: its chunk, if that is on its way, is not sent to its end.</summary>
    public void CutShort(ConnectionEnd end, uint request)
    {
        if (!end.Lane.IsBusy || end.Lane.Chunk.Request != request)
            return;

        var chunk = end.Lane.Chunk.Chunk;
        end.Lane.CutShort();
        _unpaced.Remove((end.Id, request));
        client.Inbox.Post(PostKind.Sent, end.Id, request, chunk);
        SendWaiting(end);
    }

    public void Connected(ConnectionEnd end)
    {
        _connecting.Remove(end.Id);
        _ends.Add(end.Id, end);
    }

    public void Accepted(ConnectionEnd end) => _ends.Add(end.Id, end);

    public void ConnectFailed(ConnectionId connection)
    {
        if (_connecting.Remove(connection))
            client.Inbox.Post(PostKind.ConnectFailed, connection);
    }

    public void Ended(ConnectionEnd end, bool wasOpen, bool misbehaved)
    {
        _ends.Remove(end.Id);
        _unpaced.RemoveWhere(chunk => chunk.Connection == end.Id);
        if (wasOpen)
            client.Inbox.Post(PostKind.Closed, end.Id, value: misbehaved ? 1 : 0);
        else if (!end.Id.IsIncoming)
            client.Inbox.Post(PostKind.ConnectFailed, end.Id);
    }

    /// <summary>Ends all: with a word to the remote peers, or without.</summary>
    public void EndAll(bool silent)
    {
        foreach (var connecting in _connecting.Values)
            connecting.IsGivenUp = true;

        _connecting.Clear();
        _ends.Clear();
        _unpaced.Clear();
        for (var i = client.Ends.Count - 1; i >= 0; i--)
        {
            if (silent)
                client.Ends[i].Lose();
            else
                client.Ends[i].Close();
        }
    }

    private void Send(ConnectionId connection, in PeerMessage message, object? payload)
    {
        client.Note(ActionTrace.Send, connection);
        if (!_ends.TryGetValue(connection, out var end))
            return;

        if (end.Send(message, payload))
        {
            TrafficOf(end).Sent(message, client.Time.Now);
        }
        else if (IsRequest(message.Kind))
        {
            TrafficOf(end).Held(client.Time.Now);
            client.Inbox.Post(PostKind.Busy, connection, message.Request);
        }
    }

    // A few times a second while uploading, as a ping to a near host would find it.
    private void TellDelay()
    {
        var now = client.Time.Now.Ticks;
        if (now < _delayToldAt + DelayEvery.Ticks)
            return;

        _delayToldAt = now;
        var delay = NearRoundTrip + client.Up.Wait;
        client.Inbox.Post(new Posted(0, PostKind.Delay, default, default, 0, -1, 0, (int)(delay.Ticks / 10)));
    }

    private void SendChunk(ConnectionEnd end, in Posted read)
    {
        var length = client.Cache.Holds(read.Track, read.Chunk) || TellsWrongBytes
            ? client.Population.Tracks.ChunkLengthOf(read.Track, read.Chunk) : 0;
        var chunk = PeerMessage.ChunkData(read.Request, read.Chunk, Tier.Peers, length);
        client.Up.SetPace(client.Status.Uploads.PaceBytesPerSecond);
        var isSent = length > 0 && (TellsWrongBytes ? end.Send(chunk, wrong: true) : end.BeginChunk(chunk));
        if (isSent)
            return;

        _unpaced.Remove((end.Id, read.Request));
        client.Inbox.Post(PostKind.Sent, end.Id, read.Request, read.Chunk);
    }

    private void SendWaiting(ConnectionEnd end)
    {
        while (!end.Lane.IsBusy && TrafficOf(end).Waiting.TryDequeue(out var next))
            SendChunk(end, next);
    }

    private static bool IsRequest(PeerMessageKind kind) =>
        kind is PeerMessageKind.ChunkRequest or PeerMessageKind.HaveRequest or PeerMessageKind.ManifestRequest;
}
