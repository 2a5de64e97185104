using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;

namespace SpotifyCore.Protocol.Tests.Fetching;

/// <summary>The client against a server that does whatever the test wants.</summary>
public sealed class ChunkClientTests : ChunkClientTest
{
    [Fact]
    public async Task ReadAsync_Range_BringsEveryByteAndItsTier()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf(Tier.Master).With(File).Backend);
        await using var client = await server.ConnectAsync();

        var buffer = new byte[30 * Manifest.ChunkSize];
        var result = await client.ReadAsync(Request(0, 30), File.Manifest, buffer);

        Assert.Equal(ChunkReadResult.Found((int)File.Manifest.Length, Tier.Master), result);
        for (uint i = 0; i < File.Manifest.ChunkCount; i++)
        {
            var chunk = buffer.AsSpan((int)i * Manifest.ChunkSize, File.Manifest.LengthOf(i));
            Assert.True(File.Bytes(i).Span.SequenceEqual(chunk));
        }
    }

    [Fact]
    public async Task FindManifestAsync_HeldOrNot_IsTheManifestOrNull()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf().With(File).Backend);
        await using var client = await server.ConnectAsync();

        Assert.Equal(File.Id, (await client.FindManifestAsync(File.Id))!.File);
        Assert.Null(await client.FindManifestAsync(new FileId(2)));
        Assert.Equal(HaveKind.Whole, await client.HoldsAsync(File.Id));
        Assert.Equal(HaveKind.None, await client.HoldsAsync(new FileId(2)));
    }

    [Fact]
    public async Task PutAsync_NewFile_StoresEveryChunk()
    {
        var shelf = new FileShelf();
        await using var server = await ServerFixture.TcpAsync(shelf.Backend);
        await using var client = await server.ConnectAsync();

        Assert.Equal(PutOutcome.Stored, await client.PutAsync(File.Manifest, new FileReader(File)));
        Assert.Equal(PutOutcome.AlreadyHeld, await client.PutAsync(File.Manifest, new FileReader(File)));
        for (uint i = 0; i < File.Manifest.ChunkCount; i++)
            Assert.True(File.Bytes(i).Span.SequenceEqual(shelf.Taken(File.Chunk(i))));
    }

    public static TheoryData<PeerMessage, ChunkReadStatus> Answers() => new()
    {
        { PeerMessage.NotFound(1, 0), ChunkReadStatus.NotFound },
        { PeerMessage.Busy(1, 50), ChunkReadStatus.Busy },
        { PeerMessage.Error(1, ProtocolCode.Unavailable), ChunkReadStatus.Unavailable },
        { PeerMessage.Error(1, ProtocolCode.NotAllowed), ChunkReadStatus.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task ReadAsync_AnswerWithoutChunks_IsAValue(PeerMessage answer, ChunkReadStatus expected)
    {
        var (client, server) = await OpenAsync();
        var reading = client.ReadAsync(Request(0, 2), new byte[2 * Manifest.ChunkSize]);
        Assert.Equal(PeerMessageKind.ChunkRequest, (await server.ReceiveAsync())!.Value.Kind);

        await server.SendAsync(answer);

        Assert.Equal(expected, (await reading).Status);
        Assert.True(client.IsAlive);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_DeadlinePasses_IsUnavailableAndCancelled()
    {
        var (client, server) = await OpenAsync();
        var deadline = Time.GetInstant() + TimeSpan.FromMilliseconds(300);
        var reading = client.ReadAsync(Request(0, 2) with { Deadline = deadline }, new byte[2 * Manifest.ChunkSize]);
        Assert.Equal(300u, (await server.ReceiveAsync())!.Value.Milliseconds);

        Time.Advance(TimeSpan.FromMilliseconds(301));

        Assert.Equal(ChunkReadResult.Unavailable, await reading);
        Assert.Equal(PeerMessage.Cancel(1), await server.ReceiveAsync());
        await server.SendAsync(PeerMessage.ChunkData(1, 0, Tier.Master, 10), new byte[10]);
        await server.SendAsync(PeerMessage.Error(1, ProtocolCode.Cancelled));
        await AssertAliveAsync(client, server);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_DeadlinePassesMidway_BringsWhatCame()
    {
        var (client, server) = await OpenAsync();
        var deadline = Time.GetInstant() + TimeSpan.FromSeconds(1);
        var buffer = new byte[3 * Manifest.ChunkSize];
        var reading = client.ReadAsync(Request(0, 3) with { Deadline = deadline }, File.Manifest, buffer);
        await server.ReceiveAsync();
        await server.SendAsync(
            PeerMessage.ChunkData(1, 0, Tier.Production, Manifest.ChunkSize), File.Bytes(0).ToArray());
        await server.SendAsync(PeerMessage.ChunkPiece(1, 1, Tier.Production, 0, Manifest.ChunkSize, 5), new byte[5]);
        await AssertHeardAsync(server);

        Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ChunkReadResult.Found(Manifest.ChunkSize, Tier.Production), await reading);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_DeadlineAlreadyPassed_AsksNobody()
    {
        var (client, server) = await OpenAsync();

        var result = await client.ReadAsync(
            Request(0, 1) with { Deadline = Time.GetInstant() }, new byte[Manifest.ChunkSize]);

        Assert.Equal(ChunkReadResult.Unavailable, result);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_ThrowsAndCancels()
    {
        var (client, server) = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var reading = client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize], cancellation.Token).AsTask();
        await server.ReceiveAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(PeerMessage.Cancel(1), await server.ReceiveAsync());
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_ServerGone_IsUnavailableForAll()
    {
        var (client, server) = await OpenAsync();
        var readings = Enumerable.Range(0, 100)
            .Select(i => client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]).AsTask()).ToArray();

        await server.DisposeAsync();

        Assert.All(await Task.WhenAll(readings), result => Assert.Equal(ChunkReadResult.Unavailable, result));
        await client.Closed;
        Assert.False(client.IsAlive);
        Assert.Equal(ProtocolCode.ConnectionLost, client.CloseCode);
        Assert.Equal(
            ChunkReadResult.Unavailable, await client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]));
        await client.DisposeAsync();
    }

    [Fact]
    public async Task ReadAsync_AlteredChunk_IsUnavailableAndEndsTheConnection()
    {
        var (client, server) = await OpenAsync();
        var reading = client.ReadAsync(Request(0, 1), File.Manifest, new byte[Manifest.ChunkSize]);
        await server.ReceiveAsync();
        var bytes = File.Bytes(0).ToArray();
        bytes[100] ^= 1;
        await server.SendAsync(PeerMessage.ChunkData(1, 0, Tier.Production, bytes.Length), bytes);

        Assert.Equal(ChunkReadResult.Unavailable, await reading);
        Assert.Equal((false, ProtocolCode.BadContent), (client.IsAlive, client.CloseCode));
        Assert.Equal(ProtocolCode.BadContent, (await server.ReceiveAsync())!.Value.Code);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task FindManifestAsync_AlteredManifest_IsNullAndEndsTheConnection()
    {
        var (client, server) = await OpenAsync();
        var finding = client.FindManifestAsync(File.Id);
        await server.ReceiveAsync();
        var bytes = File.Manifest.Bytes.ToArray();
        bytes[^1] ^= 1;
        await server.SendAsync(PeerMessage.ManifestData(1, 0, (uint)bytes.Length, bytes.Length), bytes);

        Assert.Null(await finding);
        Assert.Equal(ProtocolCode.BadContent, client.CloseCode);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_WrongPiece_EndsTheConnectionWithItsCode()
    {
        var (client, server) = await OpenAsync();
        var reading = client.ReadAsync(Request(3, 2), new byte[2 * Manifest.ChunkSize]);
        await server.ReceiveAsync();

        await server.SendAsync(PeerMessage.ChunkData(1, 4, Tier.Production, 10), new byte[10]);

        Assert.Equal(ChunkReadResult.Unavailable, await reading);
        Assert.Equal(ProtocolCode.WrongPiece, await server.LastWordAsync(Time));
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_MoreThanTheServerTakes_WaitTheirTurnByPriority()
    {
        var (client, server) = await OpenAsync(requestLimit: 1);
        var first = client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]);
        var sync = client.ReadAsync(
            Request(1, 1) with { Priority = RequestPriority.OfflineSync }, new byte[Manifest.ChunkSize]);
        var playing = client.ReadAsync(Request(2, 1), new byte[Manifest.ChunkSize]);

        foreach (var expected in new uint[] { 0, 2, 1 })
        {
            var asked = (await server.ReceiveAsync())!.Value;
            Assert.Equal(expected, asked.Chunk);
            await server.SendAsync(PeerMessage.NotFound(asked.Request, expected));
        }

        Assert.Equal(ChunkReadResult.NotFound, await first);
        Assert.Equal(ChunkReadResult.NotFound, await playing);
        Assert.Equal(ChunkReadResult.NotFound, await sync);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_MoreThanMayWait_IsBusy()
    {
        var (client, server) = await OpenAsync(1, new ChunkClientOptions { WaitingLimit = 1 });
        var first = client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]);
        var second = client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]);

        Assert.Equal(ChunkReadResult.Busy, await client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]));

        await CloseAsync(client, server);
        Assert.Equal((ChunkReadResult.Unavailable, ChunkReadResult.Unavailable), (await first, await second));
    }

    [Fact]
    public async Task ReadAsync_ServerGoesAway_FinishesWhatIsInFlight()
    {
        var (client, server) = await OpenAsync();
        var reading = client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]);
        await server.ReceiveAsync();
        await server.SendAsync(PeerMessage.GoAway(ProtocolCode.GoingAway));
        await AssertHeardAsync(server);

        Assert.False(client.IsAlive);
        Assert.Equal(
            ChunkReadResult.Unavailable, await client.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize]));
        await server.SendAsync(PeerMessage.ChunkData(1, 0, Tier.Cache, 10), new byte[10]);
        Assert.Equal(10, (await reading).Length);
        Assert.Equal(ProtocolCode.GoingAway, client.CloseCode);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ConnectAsync_HelloRefused_ThrowsItsCode()
    {
        var connecting = ChunkClient.ConnectAsync(Transport, Address, default);
        await using var server = new RawPeer((await Listener.AcceptAsync())!);
        await server.ReceiveAsync();
        await server.SendAsync(PeerMessage.HelloRefused(ProtocolCode.TicketExpired));

        var refused = await Assert.ThrowsAsync<ProtocolException>(() => connecting.AsTask());
        Assert.Equal(ProtocolCode.TicketExpired, refused.Code);
    }

    [Fact]
    public async Task ConnectAsync_SilentServer_IsAnIOException()
    {
        var connecting = ChunkClient.ConnectAsync(Transport, Address, default, null, Time).AsTask();
        await using var server = new RawPeer((await Listener.AcceptAsync())!);
        await server.ReceiveAsync();

        Time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<IOException>(() => connecting);
    }

    [Fact]
    public async Task ConnectAsync_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var connecting = ChunkClient.ConnectAsync(
            Transport, Address, default, cancellationToken: cancellation.Token).AsTask();
        await using var server = new RawPeer((await Listener.AcceptAsync())!);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Silence_OfTheServer_IsPingedThenTheConnectionIsGivenUp()
    {
        var (client, server) = await OpenAsync();

        Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(PeerMessage.Ping(1), await server.ReceiveAsync());
        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(ProtocolCode.IdleTimeout, (await server.ReceiveAsync())!.Value.Code);

        await Time.AdvanceUntilAsync(client.Closed);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task ReadAsync_WrongArguments_Throw()
    {
        var (client, server) = await OpenAsync();
        var buffer = new byte[Manifest.ChunkSize];

        Assert.Throws<ArgumentOutOfRangeException>(() => Begin(Request(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin(Request(0, 65)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin(Request(0, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin(Request(PeerMessage.MaxChunks, 1)));
        await CloseAsync(client, server);

        void Begin(ChunkRequest request) => _ = client.ReadAsync(request, buffer).AsTask();
    }
}
