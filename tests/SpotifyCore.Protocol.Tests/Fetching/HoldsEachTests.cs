using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Tests.Fetching;

/// <summary>A server is asked for many files at once.</summary>
public sealed class HoldsEachTests : ChunkClientTest
{
    [Fact]
    public async Task HoldsEachAsync_ManyFiles_AsksAsManyAsMayBeAndGivesEachItsAnswer()
    {
        var (client, server) = await OpenAsync(requestLimit: 4);
        var files = Enumerable.Range(1, 6).Select(static n => new FileId((uint)n)).ToArray();
        var asking = client.HoldsEachAsync(files).AsTask();

        // As many as the server takes at once; the others once it has answered, in whatever order.
        for (uint request = 1; request <= 4; request++)
            Assert.Equal(PeerMessage.RequestHave(request, files[request - 1]), await server.ReceiveAsync());
        await server.SendAsync(PeerMessage.Have(3, files[2], HaveKind.Whole));
        await server.SendAsync(PeerMessage.Have(1, files[0], HaveKind.None));
        await server.SendAsync(PeerMessage.Busy(4, 50));
        await server.SendAsync(PeerMessage.Have(2, files[1], HaveKind.Whole));
        for (uint request = 5; request <= 6; request++)
        {
            Assert.Equal(PeerMessage.RequestHave(request, files[request - 1]), await server.ReceiveAsync());
            Assert.False(asking.IsCompleted);
            await server.SendAsync(PeerMessage.Have(request, files[request - 1], HaveKind.Whole));
        }

        HaveKind? whole = HaveKind.Whole;
        Assert.Equal([HaveKind.None, whole, whole, null, whole, whole], await asking);
        await AssertAliveAsync(client, server);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task HoldsEachAsync_ManyFiles_LeaveInOneWrite()
    {
        var (client, server) = await OpenAsync();
        var receiving = server.Connection.ReceiveAsync(new byte[4096]).AsTask();
        var asking = client.HoldsEachAsync([.. Enumerable.Range(1, 50).Select(static n => new FileId((uint)n))]).AsTask();

        Assert.Equal(50 * (FrameHeader.Size + FileId.Size), await receiving);
        await CloseAsync(client, server);
        Assert.All(await asking, Assert.Null);
    }

    [Fact]
    public async Task HoldsEachAsync_NoFiles_AsksNothing()
    {
        var (client, server) = await OpenAsync();

        Assert.Empty(await client.HoldsEachAsync([]));
        await AssertAliveAsync(client, server);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task HoldsEachAsync_ServerGoneAmidManyFiles_GivesWhatItSaidBefore()
    {
        var (client, server) = await OpenAsync();
        var asking = client.HoldsEachAsync([new FileId(1), new FileId(2), new FileId(3)]).AsTask();
        await server.ReceiveAsync();
        await server.SendAsync(PeerMessage.Have(1, new FileId(1), HaveKind.Whole));
        await AssertHeardAfterAsync(server, PeerMessageKind.HaveRequest, 2);

        await server.DisposeAsync();

        Assert.Equal([HaveKind.Whole, null, null], await asking);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task HoldsEachAsync_ManyFilesCancelled_GivesUpThoseThatAreNotAnswered()
    {
        var (client, server) = await OpenAsync(requestLimit: 2);
        using var cancellation = new CancellationTokenSource();
        var asking = client.HoldsEachAsync([new FileId(1), new FileId(2), new FileId(3)], cancellation.Token).AsTask();
        await server.ReceiveAsync();
        await server.ReceiveAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        foreach (var request in new uint[] { 1, 2 })
        {
            Assert.Equal(PeerMessage.Cancel(request), await server.ReceiveAsync());
            await server.SendAsync(PeerMessage.Error(request, ProtocolCode.Cancelled));
        }

        // The third had not been asked for, and is not.
        await AssertAliveAsync(client, server);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task HoldsEachAsync_MoreFilesThanMayWait_DoesNotSayOfTheLast()
    {
        var (client, server) = await OpenAsync(1, new ChunkClientOptions { WaitingLimit = 1 });
        var asking = client.HoldsEachAsync([new FileId(1), new FileId(2), new FileId(3)]).AsTask();
        for (uint request = 1; request <= 2; request++)
        {
            await server.ReceiveAsync();
            await server.SendAsync(PeerMessage.Have(request, new FileId(request), HaveKind.None));
        }

        Assert.Equal([HaveKind.None, HaveKind.None, null], await asking);
        await CloseAsync(client, server);
    }
}
