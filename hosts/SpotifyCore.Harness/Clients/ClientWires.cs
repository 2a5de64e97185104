using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Harness.Network;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>The connections of a client: what its core wants of them, and what comes over them.</summary>
internal sealed class ClientWires(SimClient client)
{
    // An IPv4 address with id and port.
    private const int HitAddressBytes = PeerId.Size + 1 + 4 + 2;

    private static readonly TimeSpan DelayEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NearRoundTrip = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<ConnectionId, ConnectionEnd> _ends = [];
    private readonly Dictionary<ConnectionId, Connection> _connecting = [];
    private int _accepted;
    private long _delayToldAt;

    /// <summary>Connections, open or being opened.</summary>
    public int Count => _ends.Count + _connecting.Count;

    /// <summary>Connections that are being opened.</summary>
    public int Connecting => _connecting.Count;

    // Such a liar sends a chunk at once and to its end, whatever is said meanwhile.
    private bool TellsWrongBytes => client.Spec.Lies == LieKind.WrongBytes;

    public ConnectionId NextIncoming() => new(--_accepted);

    /// <summary>Does what the core wants of connections.</summary>
    public void Carry(in ClientAction action)
    {
        switch (action.Kind)
        {
            case ClientActionKind.Connect:
                var target = client.World.Hosts[SimHost.NumberOf(action.Address.Id!.Value)];
                var connection = new Connection(client, action.Connection, target);
                _connecting.Add(action.Connection, connection);
                connection.Begin();
                break;
            case ClientActionKind.Close:
                Close(action.Connection);
                break;
            case ClientActionKind.Send:
                Send(action);
                break;
            case ClientActionKind.SendChunk:
                var track = client.World.Tracks.IndexOf(action.File);
                client.Inbox.PostCached(action.Connection, action.Request, track, action.Chunk);
                break;
        }
    }

    /// <summary>A chunk was read for a peer: it goes out, behind one that is on its way.</summary>
    public void ReadForPeer(in Posted read)
    {
        if (!_ends.TryGetValue(read.Connection, out var end))
            return;

        if (end.Lane.IsBusy)
            (end.State as Queue<Posted> ?? NewQueue(end)).Enqueue(read);
        else
            SendChunk(end, read);
    }

    /// <summary>The lane takes another chunk.</summary>
    public void LaneFree(ConnectionEnd end, in PeerMessage sent)
    {
        if (!TellsWrongBytes)
            end.EndChunk(sent);

        client.UploadedBytes += sent.Length;
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
        if (wasOpen)
            client.Inbox.Post(PostKind.Closed, end.Id, value: misbehaved ? 1 : 0);
        else if (!end.Id.IsIncoming)
            client.Inbox.Post(PostKind.ConnectFailed, end.Id);
    }

    /// <summary>Ends all: with a word to the far sides, or without.</summary>
    public void EndAll(bool silent)
    {
        foreach (var connecting in _connecting.Values)
            connecting.IsGivenUp = true;

        _connecting.Clear();
        _ends.Clear();
        for (var i = client.Ends.Count - 1; i >= 0; i--)
        {
            if (silent)
                client.Ends[i].Lose();
            else
                client.Ends[i].Close();
        }
    }

    private static Queue<Posted> NewQueue(ConnectionEnd end)
    {
        var queue = new Queue<Posted>();
        end.State = queue;
        return queue;
    }

    private void Send(in ClientAction action)
    {
        if (!_ends.TryGetValue(action.Connection, out var end))
            return;

        var (message, payload) = (action.Message, (object?)action.Addresses);
        if (action.Addresses is { } addresses)
        {
            var named = addresses.Length > HitAddresses.MaxCount ? addresses[..HitAddresses.MaxCount] : addresses;
            message = PeerMessage.SearchHit(message.Query, named.Length, named.Length * HitAddressBytes);
            payload = named;
        }
        else if (!action.Present.IsEmpty)
        {
            payload = action.Present.ToArray();
        }

        if (!end.Send(message, payload) && IsRequest(message.Kind))
            client.Inbox.Post(PostKind.Busy, action.Connection, message.Request);
    }

    // A few times a second while uploading, as a ping to a near host would find it.
    private void TellDelay()
    {
        var now = client.World.Now.Ticks;
        if (now < _delayToldAt + DelayEvery.Ticks)
            return;

        _delayToldAt = now;
        var delay = NearRoundTrip + client.Up.Wait;
        client.Inbox.Post(new Posted(0, PostKind.Delay, default, default, 0, -1, 0, (int)(delay.Ticks / 10)));
    }

    private void SendChunk(ConnectionEnd end, in Posted read)
    {
        var length = client.Cache.Holds(read.Track, read.Chunk) || TellsWrongBytes
            ? client.World.Tracks.ChunkLengthOf(read.Track, read.Chunk) : 0;
        var chunk = PeerMessage.ChunkData(read.Request, read.Chunk, Tier.Peers, length);
        client.Up.SetPace(client.Driver.Status.Uploads.PaceBytesPerSecond);
        var isSent = length > 0 && (TellsWrongBytes ? end.Send(chunk, wrong: true) : end.BeginChunk(chunk));
        if (!isSent)
            client.Inbox.Post(PostKind.Sent, end.Id, read.Request, read.Chunk);
    }

    private void SendWaiting(ConnectionEnd end)
    {
        while (!end.Lane.IsBusy && end.State is Queue<Posted> waiting && waiting.TryDequeue(out var next))
            SendChunk(end, next);
    }

    private void Close(ConnectionId connection)
    {
        if (_connecting.Remove(connection, out var connecting))
            connecting.IsGivenUp = true;
        else if (_ends.Remove(connection, out var end))
            end.Close();
    }

    private static bool IsRequest(PeerMessageKind kind) =>
        kind is PeerMessageKind.ChunkRequest or PeerMessageKind.HaveRequest or PeerMessageKind.ManifestRequest;
}
