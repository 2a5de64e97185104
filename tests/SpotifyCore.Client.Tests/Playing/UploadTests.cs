using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a client gives to others, over real sockets.</summary>
[Collection(PeersGroup.Name)]
public sealed class UploadTests(TestNetwork network)
{
    [Fact]
    public async Task Uploads_Peer_AreCountedByWhomAndWhy()
    {
        var tune = await network.Press.MakeAsync("Given away", 30, seed: 80);
        await using var giver = await HolderAsync("giver", tune);
        await using var taker = await RawPeer.ConnectAsync(network, giver.Client);
        await taker.FetchAsync(tune, first: 0, count: 10);

        // The taker may have the last chunk before the giver has counted it.
        await Eventually.TrueAsync(
            async () => (await giver.Client.GetUploadsAsync()).Now.Bytes >= 10 * 16_384, "the giver has counted");
        var given = await giver.Client.GetUploadsAsync();
        var peer = Assert.Single(given.Peers);
        Assert.Equal(taker.Id, peer.Peer);
        Assert.Equal(10 * 16_384, given.Now.PlayingBytes);
        Assert.Equal(given.Now.Bytes, given.Now.MonthBytes);
        Assert.Equal(given.Now.Bytes, given.Now.PlayingBytes + given.Now.PrefetchBytes + given.Now.OfflineBytes);
        Assert.Equal(given.Now.Bytes, peer.Given);
        Assert.Equal(UploadHold.None, given.Now.Hold);
    }

    [Theory]
    [InlineData("off", UploadHold.Off)]
    [InlineData("metered", UploadHold.Line)]
    [InlineData("budget", UploadHold.Budget)]
    public async Task Uploads_NotAllowed_GiveNothingAndTheListenerHearsAll(string how, UploadHold hold)
    {
        var tune = await network.Press.MakeAsync($"Kept back {how}", 10, seed: 81 + how.Length);
        await using var giver = await HolderAsync($"keeper {how}", tune);
        var settings = how switch
        {
            "off" => new UploadSettings { Enabled = false },
            "metered" => new UploadSettings { Metered = true },
            _ => new UploadSettings { MonthlyBytes = 1 },
        };
        await giver.Client.SetUploadsAsync(settings);
        await using var taker = await TestClient.StartAsync(network, $"refused {how}");

        var play = await taker.HearAsync(tune);

        var given = await giver.Client.GetUploadsAsync();
        Assert.True(play.Ended);
        Assert.Equal(settings, given.Settings);

        // A budget is found used up by what exceeds it: one chunk.
        Assert.InRange(given.Now.Bytes, 0, how == "budget" ? 4 * 16_384 : 0);
        Assert.Equal(given.Now.Bytes == 0 && how == "budget" ? UploadHold.None : hold, given.Now.Hold);
    }

    [Fact]
    public async Task Uploads_Restart_KeepsTheMonthAndWhatWasChosen()
    {
        var tune = await network.Press.MakeAsync("Counted", 10, seed: 90);
        long month;
        var chosen = new UploadSettings { MaxBytesPerSecond = 10_000_000, MonthlyBytes = 1L << 40 };
        await using (var giver = await HolderAsync("counter", tune))
        {
            await giver.Client.SetUploadsAsync(chosen);
            await using var taker = await TestClient.StartAsync(network, "counted", "null");
            await taker.HearAsync(tune);
            month = (await giver.Client.GetUploadsAsync()).Now.MonthBytes;
        }

        await using var again = await TestClient.StartAsync(network, "counter", logIn: false);
        var report = await again.Client.GetUploadsAsync();
        var reset = await again.Client.SetUploadsAsync(null);

        Assert.Equal((month, 0, chosen), (report.Now.MonthBytes, report.Now.Bytes, report.Settings));
        Assert.Equal(10_000_000, report.Now.LimitBytesPerSecond);
        Assert.Equal(new UploadSettings(), reset.Settings);
    }

    [Fact]
    public async Task Uploads_Cap_IsKeptOnTheSocket()
    {
        const int Cap = 64 * 1024;
        var tune = await network.Press.MakeAsync("Slowly", 40, seed: 91);
        await using var giver = await HolderAsync("slow giver", tune);
        await giver.Client.SetUploadsAsync(new UploadSettings { MaxBytesPerSecond = Cap });
        await using var taker = await RawPeer.ConnectAsync(network, giver.Client);

        var bytes = 10 * 16_384;
        var took = await taker.FetchAsync(tune, first: 0, count: 10);

        // One chunk may be owed and one saved up; a machine that is late can only make it take longer.
        Assert.True(took >= TimeSpan.FromSeconds((bytes - (2 * 16_384)) / (double)Cap), $"{took}");
        Assert.True(taker.LargestPiece <= 4_096, $"{taker.LargestPiece}");
    }

    [Fact]
    public async Task Cancel_MidChunk_EndsTheRequestAndNotTheConnection()
    {
        var tune = await network.Press.MakeAsync("Not any more", 10, seed: 92);
        await using var giver = await HolderAsync("cancelled giver", tune);

        // Slow enough for the chunk to be on its way for seconds.
        await giver.Client.SetUploadsAsync(new UploadSettings { MaxBytesPerSecond = 2_048 });
        await using var taker = await RawPeer.ConnectAsync(network, giver.Client);
        await taker.RequestAsync(tune, request: 2, first: 0, count: 1);
        Assert.Equal((PeerMessageKind.ChunkData, 0u), await NextAsync(taker, request: 2));

        await taker.SendAsync(PeerMessage.Cancel(2));
        (PeerMessageKind Kind, uint Offset) last;
        do
            last = await NextAsync(taker, request: 2);
        while (last.Kind == PeerMessageKind.ChunkData);

        Assert.Equal(PeerMessageKind.Error, last.Kind);
        await giver.Client.SetUploadsAsync(new UploadSettings());
        await taker.RequestAsync(tune, request: 3, first: 1, count: 1);
        Assert.Equal((PeerMessageKind.ChunkData, 0u), await NextAsync(taker, request: 3));
    }

    [Fact]
    public async Task Uploads_PeersThatReadNothing_AreClosedAndAnotherGetsItsChunks()
    {
        var tune = await network.Press.MakeAsync("Wanted by many", 100, seed: 93);
        await using var giver = await HolderAsync("besieged", tune);
        network.AddListener("mallory", TestNetwork.Password);
        var crowd = new List<RawPeer>();
        for (var i = 0; i < 4; i++)
            crowd.Add(await RawPeer.ConnectAsync(network, giver.Client, "mallory"));

        // All at once: who reads nothing is closed within seconds.
        foreach (var peer in crowd)
        {
            for (var request = 2u; request < 32; request++)
                await peer.RequestAsync(tune, request, first: 0, count: 32);
        }

        await Eventually.TrueAsync(
            async () => (await giver.Client.GetUploadsAsync()).Now is { Chunks: >= 3 }, "the crowd has its slots");
        await using var other = await RawPeer.ConnectAsync(network, giver.Client);
        await other.FetchAsync(tune, first: 0, count: 32);

        await Eventually.TrueAsync(() => giver.Logged("Stalled"), "who reads nothing is closed");
        await Eventually.TrueAsync(
            async () => (await giver.Client.GetUploadsAsync()).Peers is [var left] && left.Peer == other.Id,
            "the crowd is gone");
        foreach (var peer in crowd)
            await peer.DisposeAsync();
    }

    private static async Task<(PeerMessageKind Kind, uint Offset)> NextAsync(RawPeer peer, uint request)
    {
        while (true)
        {
            var message = await peer.ReceiveAsync();
            Assert.NotNull(message);
            if (message.Value.Request == request)
                return (message.Value.Kind, message.Value.Offset);
        }
    }

    private async Task<TestClient> HolderAsync(string folder, Tune tune)
    {
        var client = await TestClient.StartAsync(network, folder);
        await client.HearAsync(tune);
        await network.WhenHeldAsync(tune, client);
        return client;
    }
}
