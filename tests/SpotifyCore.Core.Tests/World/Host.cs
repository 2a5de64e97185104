using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.World;

/// <summary>A scripted peer or node: latency, rate, what it holds, and how it misbehaves.</summary>
public sealed class Host(NetWorld world, int number, bool isNode)
{
    private readonly HashSet<(ConnectionId, uint)> _cancelled = [];
    private readonly Queue<(ConnectionId, PeerMessage)> _queue = new();

    public NodeAddress Address { get; } =
        new(new PeerId((UInt128)(uint)number << 96 | 7), $"host{number}", 4000 + number);

    public bool IsNode { get; } = isNode;

    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(15);

    public double BytesPerSecond { get; set; } = isNode ? 1_000_000 : 250_000;

    public bool Holds { get; set; } = true;

    public Tier Tier { get; set; } = Tier.Production;

    /// <summary>Refuses connections and drops those it has.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Takes requests and sends nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Sends wrong bytes.</summary>
    public bool Lies { get; set; }

    /// <summary>Answers every request with busy.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Claims to hold files and then lacks every chunk.</summary>
    public bool Promises { get; set; }

    /// <summary>Has forgotten what it offered: every chunk is refused until it is asked again what it holds.</summary>
    public bool HasForgotten { get; set; }

    /// <summary>Time before its first byte of any answer: what a remote store takes.</summary>
    public TimeSpan Thinks { get; set; }

    public long SentBytes { get; private set; }

    public int RequestsTaken { get; private set; }

    public List<ConnectionId> Connections { get; } = [];

    public void Crash()
    {
        IsDown = true;
        foreach (var connection in Connections.ToArray())
            world.Drop(connection);

        Connections.Clear();
    }

    public void Recover() => IsDown = false;

    public void Receive(ConnectionId connection, PeerMessage message)
    {
        if (IsDown)
            return;

        switch (message.Kind)
        {
            case PeerMessageKind.HaveRequest:
                HasForgotten = false;
                var kind = Holds || Promises ? HaveKind.Whole : HaveKind.None;
                Reply(connection, PeerMessage.Have(message.Request, message.File, kind));
                break;
            case PeerMessageKind.Cancel:
                _cancelled.Add((connection, message.Request));
                break;
            case PeerMessageKind.ChunkRequest:
                RequestsTaken++;
                Answer(connection, message);
                break;
        }
    }

    private void Answer(ConnectionId connection, PeerMessage message)
    {
        if (IsSilent)
            return;

        if (IsBusy)
            Reply(connection, PeerMessage.Busy(message.Request, 500));
        else if (HasForgotten)
            Reply(connection, PeerMessage.Error(message.Request, ProtocolCode.NotOffered));
        else if (!Holds)
            Reply(connection, PeerMessage.NotFound(message.Request, message.Chunk));
        else
            world.Clock.After(Thinks, () => Enqueue(connection, message));
    }

    private void Enqueue(ConnectionId connection, PeerMessage message)
    {
        _queue.Enqueue((connection, message));
        if (_queue.Count == 1)
            SendNext(0);
    }

    /// <summary>Sends the next chunk of the oldest request: answers go out in the order of the requests.</summary>
    private void SendNext(uint sent)
    {
        if (!_queue.TryPeek(out var head))
            return;

        var (connection, message) = head;
        var cancelled = _cancelled.Contains((connection, message.Request));
        if (cancelled)
            Reply(connection, PeerMessage.Error(message.Request, ProtocolCode.Cancelled));

        if (cancelled || IsDown || IsSilent || sent == message.Count || !Connections.Contains(connection))
        {
            _queue.Dequeue();
            SendNext(0);
            return;
        }

        var chunk = message.Chunk + sent;
        var manifest = world.ManifestOf(message.File);
        var length = manifest.LengthOf(chunk);
        var lies = Lies;
        SentBytes += length;
        world.Clock.After(TimeSpan.FromSeconds(length / BytesPerSecond), () =>
        {
            world.Clock.After(Latency, () => world.Bring(
                connection, PeerMessage.ChunkData(message.Request, chunk, Tier, length), manifest.File, !lies));
            SendNext(sent + 1);
        });
    }

    private void Reply(ConnectionId connection, PeerMessage message) =>
        world.Clock.After(Latency, () => world.Bring(connection, message));
}
