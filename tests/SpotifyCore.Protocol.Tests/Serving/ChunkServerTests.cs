using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

public sealed class ChunkServerTests
{
    private static readonly TestFile File = TestFile.Create(8, (Manifest.ChunkSize * 40) + 5);
    private readonly FileShelf _shelf = new FileShelf().With(File);

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(4 * 1024)]
    [InlineData(5000)]
    public async Task Serve_Range_ComesInOrderInFramesOfTheSizeSet(int frameBytes)
    {
        await using var server = await ServerFixture.TcpAsync(
            _shelf.Backend, new ChunkServerOptions { ChunkFrameBytes = frameBytes });
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(PeerMessage.RequestChunks(1, File.Id, 30, 20, RequestPriority.Playing, 0));

        for (uint chunk = 30; chunk <= 40; chunk++)
        {
            var expected = File.Bytes(chunk);
            for (var offset = 0; offset < expected.Length; offset += frameBytes)
            {
                var length = Math.Min(frameBytes, expected.Length - offset);
                var (message, payload) = (await peer.ReceiveWithPayloadAsync())!.Value;
                Assert.Equal(
                    PeerMessage.ChunkPiece(
                        1, chunk, Tier.Production, (uint)offset, (uint)expected.Length, length), message);
                Assert.True(expected.Span.Slice(offset, length).SequenceEqual(payload));
            }
        }

        Assert.Equal(PeerMessage.NotFound(1, 41), await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Serve_SlowRead_DoesNotHoldUpOthers()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(3));
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf));
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await peer.SendAsync(Ask(2, 3, 2));
        await peer.SendAsync(Ask(3, 8, 1));

        await ExpectAsync(peer, 1, 0);
        await ExpectAsync(peer, 3, 8);
        gated.Open(File.Chunk(3));
        await ExpectAsync(peer, 2, 3);
        await ExpectAsync(peer, 2, 4);
    }

    [Fact]
    public async Task Serve_SlowReadsOfPrefetch_LeaveASlotForPlaying()
    {
        var gated = new GatedSource(_shelf);
        for (uint chunk = 0; chunk < 8; chunk++)
            gated.Close(File.Chunk(chunk));

        var options = new ChunkServerOptions { MaxPendingReads = 3 };
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), options);
        await using var peer = await RawPeer.GreetAsync(server);
        for (uint id = 1; id <= 5; id++)
            await peer.SendAsync(Ask(id, id, 1, RequestPriority.Prefetch));
        await gated.NextAskedAsync();
        await gated.NextAskedAsync();

        await peer.SendAsync(Ask(6, 7, 1));
        await gated.NextAskedAsync();

        Assert.Equal([1u, 2u, 7u], gated.Asked.Select(asked => asked.First));
        gated.Open(File.Chunk(7));
        await ExpectAsync(peer, 6, 7);
    }

    [Fact]
    public async Task Serve_OneSlotForSlowReads_ServesPrefetchToo()
    {
        var options = new ChunkServerOptions { MaxPendingReads = 1 };
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, options);
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 2, 1, RequestPriority.OfflineSync));

        await ExpectAsync(peer, 1, 2);
    }

    [Fact]
    public async Task Serve_Waiting_GoesByPriorityThenArrival()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        var options = new ChunkServerOptions { MaxPendingReads = 1 };
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), options);
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await gated.NextAskedAsync();
        await peer.SendAsync(Ask(2, 1, 1, RequestPriority.OfflineSync));
        await peer.SendAsync(Ask(3, 2, 1, RequestPriority.Prefetch));
        await peer.SendAsync(Ask(4, 3, 1));
        await peer.SendAsync(Ask(5, 4, 1));
        await peer.SendAsync(PeerMessage.Ping(9));
        Assert.Equal(PeerMessage.Pong(9), await peer.ReceiveAsync());

        gated.Open(File.Chunk(0));

        foreach (var id in new uint[] { 1, 4, 5, 3, 2 })
            await ExpectAsync(peer, id, id - 1);
    }

    [Fact]
    public async Task Serve_Cancelled_EndsWithThatAndSendsNothing()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf));
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await gated.NextAskedAsync();
        await peer.SendAsync(PeerMessage.Cancel(1));
        await peer.SendAsync(PeerMessage.Ping(1));
        Assert.Equal(PeerMessageKind.Pong, (await peer.ReceiveAsync())!.Value.Kind);

        gated.Open(File.Chunk(0));

        await ExpectEndAsync(peer, 1, ProtocolCode.Cancelled);
    }

    [Fact]
    public async Task Serve_BackendThrows_IsAnInternalErrorOfTheRequestAlone()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf));
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));

        gated.Break(File.Chunk(0), new InvalidDataException("disk"));

        await ExpectEndAsync(peer, 1, ProtocolCode.Internal);
        await peer.SendAsync(Ask(2, 1, 1));
        await ExpectAsync(peer, 2, 1);
    }

    [Fact]
    public async Task Serve_Request_ReachesTheBackendAsItWasAsked()
    {
        var gated = new GatedSource(_shelf);
        var time = new ManualTimeProvider();
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), null, time);
        await using var peer = await RawPeer.GreetAsync(server);

        await peer.SendAsync(
            PeerMessage.RequestChunks(1, File.Id, 4, 3, RequestPriority.OfflineSync, 1500, localOnly: true));
        await gated.NextAskedAsync();

        var deadline = time.GetInstant() + TimeSpan.FromMilliseconds(1500);
        var expected = new ChunkRequest(File.Id, 4, 3, RequestPriority.OfflineSync, deadline, LocalOnly: true);
        Assert.Equal(expected, Assert.Single(gated.Asked));
    }

    [Fact]
    public async Task Serve_DeadlinePassedWhileWaiting_IsNotReadAnyMore()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        var time = new ManualTimeProvider();
        var options = new ChunkServerOptions { MaxPendingReads = 1 };
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), options, time);
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await peer.SendAsync(PeerMessage.RequestChunks(2, File.Id, 1, 1, RequestPriority.Playing, 100));
        await peer.SendAsync(PeerMessage.Ping(1));
        Assert.Equal(PeerMessageKind.Pong, (await peer.ReceiveAsync())!.Value.Kind);

        time.Advance(TimeSpan.FromMilliseconds(200));
        gated.Open(File.Chunk(0));

        await ExpectAsync(peer, 1, 0);
        await ExpectEndAsync(peer, 2, ProtocolCode.Unavailable);
    }

    [Fact]
    public async Task Serve_NoMemoryLeft_IsBusy()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        gated.Close(File.Chunk(1));
        var options = new ChunkServerOptions { MaxSendMemoryBytes = 1 << 20, SendBatchBytes = 512 * 1024 };
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), options);
        await using var one = await RawPeer.GreetAsync(server);
        await using var two = await RawPeer.GreetAsync(server);
        await using var three = await RawPeer.GreetAsync(server);
        await one.SendAsync(Ask(1, 0, 1));
        await gated.NextAskedAsync();

        // A read that waits has given back what it does not need; that is so once the next frame is answered.
        await one.SendAsync(PeerMessage.Ping(1));
        Assert.Equal(PeerMessage.Pong(1), await one.ReceiveAsync());
        await two.SendAsync(Ask(1, 1, 1));
        await gated.NextAskedAsync();

        await three.SendAsync(Ask(1, 2, 1));
        Assert.Equal(PeerMessage.Busy(1, 100), await three.ReceiveAsync());

        gated.Open(File.Chunk(0));
        await ExpectAsync(one, 1, 0);

        // The memory is free a moment after the far side has its bytes.
        uint id = 2;
        PeerMessage answer;
        do
        {
            await three.SendAsync(Ask(id, 2, 1));
            answer = (await three.ReceiveAsync())!.Value;
        }
        while (answer == PeerMessage.Busy(id++, 100));

        Assert.Equal(PeerMessageKind.ChunkData, answer.Kind);
        gated.Open(File.Chunk(1));
        await ExpectAsync(two, 1, 1);
    }

    [Fact]
    public async Task Stop_RequestsInFlight_FinishesThemThenCloses()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf));
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 2));
        await gated.NextAskedAsync();

        var stopping = server.StopAsync();
        Assert.Equal(PeerMessageKind.GoAway, (await peer.ReceiveAsync())!.Value.Kind);
        Assert.False(stopping.IsCompleted);
        await peer.SendAsync(Ask(2, 5, 1));
        await ExpectEndAsync(peer, 2, ProtocolCode.GoingAway);
        gated.Open(File.Chunk(0));

        await ExpectAsync(peer, 1, 0);
        await ExpectAsync(peer, 1, 1);
        await peer.DisposeAsync();
        await stopping;
        Assert.Equal(0, server.Server.Usage.Connections);
    }

    [Fact]
    public async Task Stop_ReadThatNeverEnds_IsGivenUpAfterTheDrainTimeout()
    {
        var gated = new GatedSource(_shelf);
        gated.Close(File.Chunk(0));
        var time = new ManualTimeProvider();
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(gated, _shelf), null, time);
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await gated.NextAskedAsync();

        await time.AdvanceUntilAsync(server.StopAsync());
    }

    [Fact]
    public async Task Serve_Idle_WaitsWithoutABuffer()
    {
        await using var server = await ServerFixture.StartAsync(
            new WatchedTransport(new MemoryTransport(new MemoryNetwork())), _shelf.Backend, new AccessGate(null), null);
        await using var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(Ask(1, 0, 1));
        await ExpectAsync(peer, 1, 0);

        await WatchedTransport.UntilIdleAsync(server.Transport);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("memory")]
    public async Task Serve_ManyCallersAtOnce_EveryByteIsRight(string channel)
    {
        using var identity = NodeIdentity.Create();
        ITransport transport = channel switch
        {
            "tcp" => new TcpTransport(new TransportOptions()),
            "tls" => new TlsTransport(identity, PatientTransport.Options),
            _ => new MemoryTransport(new MemoryNetwork()),
        };
        var options = new ChunkServerOptions { ChunkFrameBytes = 4096, SendBatchBytes = 64 * 1024 };
        await using var server = await ServerFixture.StartAsync(
            transport, _shelf.Backend, new AccessGate(null), channel == "tls" ? identity.Id : null, options);
        await using var client = await server.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(seed => Task.Run(() => ReadSomeAsync(client, seed))));
    }

    private static async Task ReadSomeAsync(ChunkClient client, int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[12 * Manifest.ChunkSize];
        for (var round = 0; round < 10; round++)
        {
            var first = (uint)random.Next(41);
            var count = (uint)random.Next(1, 13);
            var request = new ChunkRequest(File.Id, first, count, (RequestPriority)random.Next(3), Instant.Never);
            var result = await client.ReadAsync(request, File.Manifest, buffer);

            var expected = Math.Min(
                (int)count * Manifest.ChunkSize, File.Manifest.Length - (first * Manifest.ChunkSize));
            Assert.Equal((ChunkReadStatus.Found, (int)expected), (result.Status, result.Length));
        }
    }

    private static PeerMessage Ask(
        uint id, uint first, uint count, RequestPriority priority = RequestPriority.Playing) =>
        PeerMessage.RequestChunks(id, File.Id, first, count, priority, 0);

    private static async Task ExpectAsync(RawPeer peer, uint request, uint chunk)
    {
        var (message, payload) = (await peer.ReceiveWithPayloadAsync())!.Value;
        Assert.Equal(
            (PeerMessageKind.ChunkData, request, chunk), (message.Kind, message.Request, message.Chunk));
        Assert.True(File.Bytes(chunk).Span.SequenceEqual(payload));
    }

    private static async Task ExpectEndAsync(RawPeer peer, uint request, ProtocolCode code)
    {
        var message = (await peer.ReceiveAsync())!.Value;
        Assert.Equal((PeerMessageKind.Error, request, code), (message.Kind, message.Request, message.Code));
    }
}
