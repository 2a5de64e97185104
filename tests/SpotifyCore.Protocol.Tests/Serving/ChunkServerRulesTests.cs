using System.Net;
using System.Net.Sockets;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>
/// Far sides that break rules, on real sockets: each gets an error frame and loses its connection alone.
/// </summary>
public sealed class ChunkServerRulesTests : IAsyncLifetime
{
    private static readonly TestFile File = TestFile.Create(7, (Manifest.ChunkSize * 64) + 1);
    private readonly ManualTimeProvider _time = new();
    private readonly FileShelf _shelf = new FileShelf().With(File);
    private ServerFixture _server = null!;

    public async Task InitializeAsync() =>
        _server = await ServerFixture.TcpAsync(_shelf.Backend, new ChunkServerOptions { RequestLimit = 8 }, _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string, PeerMessage[], ProtocolCode> Broken() => new()
    {
        { "request before hello", [Ask(1)], ProtocolCode.OutOfTurn },
        { "ping before hello", [PeerMessage.Ping(1)], ProtocolCode.OutOfTurn },
        { "two hellos", [Hello, Hello], ProtocolCode.OutOfTurn },
        { "a reply to nothing", [Hello, PeerMessage.NotFound(1, 0)], ProtocolCode.UnknownRequest },
        { "a cancel of nothing", [Hello, PeerMessage.Cancel(1)], ProtocolCode.UnknownRequest },
        { "a commit of nothing", [Hello, PeerMessage.PutCommit(1)], ProtocolCode.UnknownRequest },
        { "the same id twice", [Hello, Ask(1), Ask(1)], ProtocolCode.DuplicateRequest },
        { "a pong for nothing", [Hello, PeerMessage.Pong(1)], ProtocolCode.UnknownRequest },
        {
            "a range too long",
            [Hello, PeerMessage.RequestChunks(1, File.Id, 0, 65, RequestPriority.Playing, 0)],
            ProtocolCode.BadRange
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Serve_RuleBroken_AnswersAndCloses(string rule, PeerMessage[] messages, ProtocolCode expected)
    {
        await using var peer = await DialAsync();
        foreach (var message in messages)
            await peer.SendAsync(message);

        Assert.True(expected == await LastWordAsync(peer), rule);
        await AssertServesOthersAsync();
    }

    [Fact]
    public async Task Serve_OversizedFrame_AnswersAndCloses()
    {
        await using var peer = await DialAsync();
        var header = new byte[FrameHeader.Size];
        new FrameHeader(FrameHeader.MaxPayloadLength + 1, PeerMessageKind.Hello, 0).Write(header);
        await peer.Connection.SendAsync(header);

        Assert.Equal(ProtocolCode.FrameTooLong, await LastWordAsync(peer));
    }

    [Fact]
    public async Task Serve_UnknownKind_AnswersAndCloses()
    {
        await using var peer = await RawPeer.GreetAsync(_server);
        await peer.Connection.SendAsync(new byte[] { 0, 0, 0, 0, 99, 0, 1, 0, 0, 0 });

        Assert.Equal(ProtocolCode.UnknownKind, await LastWordAsync(peer));
    }

    [Fact]
    public async Task Serve_AnotherProtocol_IsClosed()
    {
        await using var peer = await DialAsync();
        await peer.Connection.SendAsync("GET /index.html HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());

        Assert.Equal(ProtocolCode.FrameTooLong, await LastWordAsync(peer));
    }

    [Fact]
    public async Task Serve_MoreRequestsThanAllowed_AnswersAndCloses()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        await using var server = await ServerFixture.TcpAsync(
            new ChunkServerBackend(gated, _shelf), new ChunkServerOptions { RequestLimit = 8 });
        await using var peer = await RawPeer.GreetAsync(server);
        for (uint id = 1; id <= 9; id++)
            await peer.SendAsync(Ask(id));

        Assert.Equal(ProtocolCode.TooManyRequests, await peer.LastWordAsync());
    }

    [Fact]
    public async Task Serve_NoHelloInTime_AnswersAndCloses()
    {
        await using var peer = await DialAsync();

        Assert.Equal(ProtocolCode.HelloTimeout, await peer.LastWordAsync(_time));
    }

    [Fact]
    public async Task Serve_SilentPeer_IsPingedThenClosed()
    {
        await using var peer = await RawPeer.GreetAsync(_server);
        var next = peer.ReceiveAsync();
        await _time.AdvanceUntilAsync(next);
        Assert.Equal(PeerMessage.Ping(1), await next);

        Assert.Equal(ProtocolCode.IdleTimeout, await peer.LastWordAsync(_time));
    }

    [Fact]
    public async Task Serve_PeerThatAsksAndNeverReads_IsHeldBackThenDropped()
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);
        await using var peer = await RawPeer.GreetAsync(server);

        // 64 MiB: more than sockets buffer.
        for (uint id = 1; id <= 64; id++)
            await peer.SendAsync(PeerMessage.RequestChunks(id, File.Id, 0, 64, RequestPriority.Playing, 0));
        await Eventually.TrueAsync(() => server.Server.Usage.Bytes > 0);
        await _time.AdvanceUntilAsync(Eventually.TrueAsync(() => server.Server.Usage.Connections == 0));

        Assert.InRange(server.Server.Usage.Bytes, 1, 48 << 20);
    }

    [Fact]
    public async Task Serve_FloodOfPingsNeverRead_IsHeldBackThenDropped()
    {
        await using var peer = await RawPeer.GreetAsync(_server);
        var pings = Enumerable.Range(0, 10_000).SelectMany(_ => Bytes(PeerMessage.Ping(1))).ToArray();
        var flooding = Task.Run(async () =>
        {
            while (true)
                await peer.Connection.SendAsync(pings);
        });

        await Assert.ThrowsAsync<IOException>(() => _time.AdvanceUntilAsync(flooding));
        await AssertServesOthersAsync();
    }

    [Fact]
    public async Task Serve_FloodOfMisses_IsAnsweredOneByOne()
    {
        await using var peer = await RawPeer.GreetAsync(_server);
        for (uint round = 0; round < 200; round++)
        {
            for (uint id = 1; id <= 8; id++)
                await peer.SendAsync(
                    PeerMessage.RequestChunks((round * 8) + id, new(9), 5, 1, RequestPriority.Playing, 0));
            for (uint id = 1; id <= 8; id++)
                Assert.Equal(PeerMessage.NotFound((round * 8) + id, 5), await peer.ReceiveAsync());
        }

        Assert.Equal(1600, _server.Server.Usage.Misses);
    }

    [Fact]
    public async Task Serve_ConnectionTooMany_IsRefused()
    {
        await using var server = await ServerFixture.TcpAsync(
            _shelf.Backend, new ChunkServerOptions { MaxConnections = 2 });
        await using var one = await RawPeer.GreetAsync(server);
        await using var two = await RawPeer.GreetAsync(server);
        await using var three = new RawPeer(await server.Transport.ConnectAsync(server.Address));

        Assert.Equal(ProtocolCode.TooBusy, await three.LastWordAsync());
        Assert.Equal(
            (2, 2L, 1L), (server.Server.Usage.Connections, server.Server.Usage.Accepted, server.Server.Usage.Refused));
    }

    [Fact]
    public async Task Serve_PlacesTakenByOneAddress_OneOfItsConnectionsGoesForAnother()
    {
        await using var server = await ServerFixture.TcpAsync(
            _shelf.Backend, new ChunkServerOptions { MaxConnections = 3 }, _time);
        using var first = await DialAsync(server, "127.0.0.2", connections: 1);
        using var second = await DialAsync(server, "127.0.0.2", connections: 2);
        using var other = await DialAsync(server, "127.0.0.3", connections: 3);

        await using var newcomer = await RawPeer.GreetAsync(server);

        Assert.Equal(0, await first.ReceiveAsync(new byte[1]));
        Assert.Equal(3, server.Server.Usage.Connections);
        Assert.False(second.Poll(0, SelectMode.SelectRead) || other.Poll(0, SelectMode.SelectRead));

        // Nobody holds more than one now: one more of the same is refused.
        await using var third = new RawPeer(await server.Transport.ConnectAsync(server.Address));
        Assert.Equal(ProtocolCode.TooBusy, await third.LastWordAsync());
    }

    [Fact]
    public async Task Serve_PlacesTakenByOneEach_NobodyThatHasSaidHelloGoesForAnother()
    {
        await using var server = await ServerFixture.TcpAsync(
            _shelf.Backend, new ChunkServerOptions { MaxConnections = 2 });
        await using var first = await NodeDialogue.GreetAsync(server, 1, from: "127.0.0.2");
        await using var second = await NodeDialogue.GreetAsync(server, 1, from: "127.0.0.3");

        await using var third = new RawPeer(await server.Transport.ConnectAsync(server.Address));
        Assert.Equal(ProtocolCode.TooBusy, await third.LastWordAsync());
        await first.SpeakAsync(NodeDialogue.PingPong);
        await second.SpeakAsync(NodeDialogue.PingPong);
    }

    [Fact]
    public async Task Serve_MemoryKeptByFourAddresses_AnotherIsServed()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        await using var server = await ServerFixture.TcpAsync(
            new ChunkServerBackend(gated, _shelf),
            new ChunkServerOptions { SendBatchBytes = 32 * 1024, MaxSendMemoryBytes = 1 << 20 });
        var crowd = new List<WireDialogue>();
        var asked = gated.NextAskedAsync();
        var taken = 0;
        for (var i = 0; i < 60; i++)
        {
            crowd.Add(await NodeDialogue.GreetAsync(server, 1, from: $"127.0.0.{2 + (i % 4)}"));
            await crowd[i].SendAsync(Convert.ToHexStringLower(Bytes(Ask(1))));
            var busy = crowd[i].ReadFrameAsync();
            if (await Task.WhenAny(asked, busy) == busy)
                continue;

            taken++;
            asked = gated.NextAskedAsync();
        }

        // Of 32 batches: nobody takes another while he has more than are left.
        Assert.InRange(taken, 20, 28);
        await AssertServesAsync(server, chunk: 1);

        gated.Open(File.Chunk(0));
        foreach (var peer in crowd)
            await peer.DisposeAsync();
    }

    private static async Task<Socket> DialAsync(ServerFixture server, string from, int connections)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await Eventually.TrueAsync(() => server.Server.Usage.Connections == connections);
        return socket;
    }

    private static PeerMessage Hello => PeerMessage.Hello(PeerRole.Peer, 0, 64);

    private static PeerMessage Ask(uint id, uint chunk = 0) =>
        PeerMessage.RequestChunks(id, File.Id, chunk, 1, RequestPriority.Playing, 0);

    private static byte[] Bytes(PeerMessage message)
    {
        var frame = new byte[64];
        return frame[..MessageCodec.Write(message, default, frame)];
    }

    private async Task<RawPeer> DialAsync() => new(await _server.Transport.ConnectAsync(_server.Address));

    /// <summary>What a peer that broke a rule is told, before it is hung up on.</summary>
    private async Task<ProtocolCode> LastWordAsync(RawPeer peer)
    {
        var code = ProtocolCode.None;
        while (code == ProtocolCode.None && await peer.ReceiveAsync() is { } message)
            code = message.Code;

        var end = peer.ReceiveAsync();
        await _time.AdvanceUntilAsync(end);
        Assert.Null(await end);
        return code;
    }

    private Task AssertServesOthersAsync() => AssertServesAsync(_server, chunk: 0);

    private static async Task AssertServesAsync(ServerFixture server, uint chunk)
    {
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, chunk));
        var answer = await peer.ReceiveWithPayloadAsync();
        Assert.True(File.Bytes(chunk).Span.SequenceEqual(answer!.Value.Payload));
    }
}
