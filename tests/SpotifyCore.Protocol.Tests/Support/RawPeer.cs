using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A far side that follows no rules but those a test gives it.</summary>
internal sealed class RawPeer(IConnection connection) : IAsyncDisposable
{
    private readonly ReceiveBuffer _buffer = new(256 * 1024);

    public IConnection Connection => connection;

    /// <summary>Connects to a server and says hello, and takes its answer.</summary>
    public static async Task<RawPeer> GreetAsync(ServerFixture server, PeerRole role = PeerRole.Peer)
    {
        var peer = new RawPeer(await server.Transport.ConnectAsync(server.Address));
        await peer.SendAsync(PeerMessage.Hello(role, 0, 64));
        Assert.Equal(PeerMessageKind.HelloReply, (await peer.ReceiveAsync())!.Value.Kind);
        return peer;
    }

    /// <summary>Accepts a client and answers its hello.</summary>
    public static async Task<RawPeer> AcceptAsync(IConnectionListener listener, ushort requestLimit = 64)
    {
        var peer = new RawPeer((await listener.AcceptAsync())!);
        Assert.Equal(PeerMessageKind.Hello, (await peer.ReceiveAsync())!.Value.Kind);
        await peer.SendAsync(PeerMessage.HelloReply(1, PeerRole.Node, 0, requestLimit));
        return peer;
    }

    public async Task SendAsync(PeerMessage message, byte[]? payload = null)
    {
        var frame = new byte[FrameHeader.MaxFrameLength];
        await connection.SendAsync(frame.AsMemory(0, MessageCodec.Write(message, payload, frame)));
    }

    /// <summary>The next message; null at the end, however it came.</summary>
    public async Task<PeerMessage?> ReceiveAsync() => (await ReceiveWithPayloadAsync())?.Message;

    public async Task<(PeerMessage Message, byte[] Payload)?> ReceiveWithPayloadAsync()
    {
        try
        {
            while (true)
            {
                if (TryTake() is { } taken)
                    return taken;

                var length = await connection.ReceiveAsync(_buffer.GetSpace());
                if (length == 0)
                    return null;

                _buffer.Received(length);
            }
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The message that ends the connection, and that it does end; others before it are dropped.</summary>
    public async Task<ProtocolCode> LastWordAsync()
    {
        var last = ProtocolCode.None;
        while (await ReceiveAsync() is { } message)
            last = message.Code;

        return last;
    }

    /// <summary>As <see cref="LastWordAsync"/>, while time passes for the far side.</summary>
    public async Task<ProtocolCode> LastWordAsync(ManualTimeProvider time)
    {
        var last = LastWordAsync();
        await time.AdvanceUntilAsync(last);
        return await last;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        _buffer.Dispose();
    }

    private (PeerMessage Message, byte[] Payload)? TryTake()
    {
        var rest = _buffer.Unread.Span;
        if (!FrameReader.TryRead(ref rest, out var frame))
            return null;

        var message = MessageCodec.Read(frame, out var payload);
        var taken = (message, payload.ToArray());
        _buffer.Consumed(_buffer.Unread.Length - rest.Length);
        return taken;
    }
}
