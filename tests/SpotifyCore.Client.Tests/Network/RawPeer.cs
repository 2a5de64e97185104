using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A listener who speaks the chunk protocol by hand, and so may do what no client does.</summary>
internal sealed class RawPeer(IConnection connection) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;
    private NodeIdentity? _identity;
    private bool _hasAsked;

    /// <summary>The id that its key proves.</summary>
    public PeerId? Id => _identity?.Id;

    /// <summary>The largest piece of a chunk that came.</summary>
    public int LargestPiece { get; private set; }

    /// <summary>Connects to a client, shows a ticket and has it accepted.</summary>
    public static async Task<RawPeer> ConnectAsync(
        TestNetwork network, SpotifyClient client, string account = TestNetwork.Listener)
    {
        var identity = NodeIdentity.Create();
        var ticket = await network.Press.TicketAsync(identity, account);
        var transport = new TlsTransport(identity, new TransportOptions(), TimeProvider.System);
        var address = new NodeAddress(client.Id, "127.0.0.1", client.ListenPort);
        var peer = new RawPeer(await transport.ConnectAsync(address)) { _identity = identity };
        await peer.SendAsync(PeerMessage.Hello(PeerRole.Peer, 0, 64, ticket.Length), ticket.ToArray());
        Assert.Equal(PeerMessageKind.HelloReply, (await peer.ReceiveAsync())?.Kind);
        return peer;
    }

    public async Task SendAsync(PeerMessage message, byte[]? payload = null)
    {
        var frame = new byte[FrameHeader.MaxFrameLength];
        await connection.SendAsync(frame.AsMemory(0, MessageCodec.Write(message, payload, frame)));
    }

    /// <summary>
    /// Sends a message over and over, many in a write, until the far side has had enough or all are sent.
    /// </summary>
    public async Task FloodAsync(Func<int, PeerMessage> message, int count)
    {
        var frames = new byte[64 * 1024];
        try
        {
            for (var sent = 0; sent < count;)
            {
                var length = 0;
                for (; sent < count && length < frames.Length - 256; sent++)
                    length += MessageCodec.Write(message(sent), [], frames.AsSpan(length));

                await connection.SendAsync(frames.AsMemory(0, length));
            }
        }
        catch (IOException)
        {
            // It hung up.
        }
    }

    /// <summary>Fetches chunks of a track that the far side holds; how long that took.</summary>
    public async Task<TimeSpan> FetchAsync(Tune tune, uint first, uint count)
    {
        var began = TimeProvider.System.GetTimestamp();
        await RequestAsync(tune, request: 2, first, count);
        var left = Enumerable.Range((int)first, (int)count).Sum(index => tune.Manifest.LengthOf((uint)index));
        while (left > 0)
        {
            var message = await ReceiveAsync();
            Assert.NotNull(message);
            if (message.Value.Kind != PeerMessageKind.ChunkData)
                continue;

            left -= (int)message.Value.Length;
            LargestPiece = Math.Max(LargestPiece, (int)message.Value.Length);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Asks for chunks of a track that the far side holds.</summary>
    public async Task RequestAsync(Tune tune, uint request, uint first, uint count)
    {
        // Only who asked whether a file is held is given any of it.
        if (!_hasAsked)
        {
            await SendAsync(PeerMessage.RequestHave(1, tune.Manifest.File));
            while (await ReceiveAsync() is { } answer && answer is not { Kind: PeerMessageKind.Have, Request: 1 })
                continue;
        }

        _hasAsked = true;
        await SendAsync(PeerMessage.RequestChunks(
            request, tune.Manifest.File, first, count, RequestPriority.Playing, localOnly: true, milliseconds: 0));
    }

    /// <summary>The next message; null at the end, however it came.</summary>
    public async Task<PeerMessage?> ReceiveAsync()
    {
        try
        {
            while (true)
            {
                if (TryTake() is { } taken)
                    return taken;

                var length = await connection.ReceiveAsync(_buffer.AsMemory(_filled));
                if (length == 0)
                    return null;

                _filled += length;
            }
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        _identity?.Dispose();
    }

    private PeerMessage? TryTake()
    {
        var rest = (ReadOnlySpan<byte>)_buffer.AsSpan(0, _filled);
        if (!FrameReader.TryRead(ref rest, out var frame))
            return null;

        var message = MessageCodec.Read(frame, out _);
        var left = rest.Length;
        rest.CopyTo(_buffer);
        _filled = left;
        return message;
    }
}
