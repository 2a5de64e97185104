using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says of who is and stays a desktop's neighbour, spoken in bytes over TLS to a real one:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>at once: a have-request in version 1, and over a connection that opens meanwhile</term>
/// <description><see cref="Play_NeighboursThatSpeakVersionOneOrComeLater_AreAskedWhatTheyHold"/></description></item>
/// <item><term>one connection: of two opened to each other</term>
/// <description><see cref="Connections_OpenedToEachOther_LeaveThatOfTheLesserId"/></description></item>
/// <item><term>a reply with a bad ticket</term>
/// <description><see cref="Reply_WithATicketThatIsNotValid_IsClosed"/></description></item>
/// <item><term>60 neighbours</term><description><see cref="Connection_BeyondAllNeighbours_IsClosedBehindTheReply"/></description></item>
/// <item><term>above 50</term><description><see cref="Connection_BeyondTheSoftLimit_EndsTheLeastUsed"/></description></item>
/// <item><term>above 12</term><description><see cref="Connection_IdleBeyondTheKept_IsClosed"/></description></item>
/// <item><term>who uses no peers</term><description><see cref="Connection_WherePeersAreNotUsed_IsClosedBehindTheReply"/></description></item>
/// <item><term>bans</term><description><see cref="Ban_OfWhoSentAWrongChunk_ClosesBehindTheReply"/>,
/// <see cref="Ban_OfWhoBrokeARule_ClosesBehindTheReply"/>, <see cref="Ban_IsOverAfterItsTime"/></description></item>
/// <item><term>where a bitmap begins</term><description><see cref="Have_WithABitmapThatBeginsElsewhere_IsNotTakenIn"/></description></item>
/// </list>
/// Times and numbers that a test can't wait for or reach are smaller in it, and said to be what they are by default.
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopNeighbourTests(TestNetwork network)
{
    [Fact]
    public async Task Play_NeighboursThatSpeakVersionOneOrComeLater_AreAskedWhatTheyHold()
    {
        var tune = await network.Press.MakeAsync("Asked for", 20, seed: 920);
        await using var desktop = await StartAsync("wire asked");
        await using var early = await RawDesktopPeer.GreetAsync(network, desktop.Client, version: 1);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await HearHaveRequestAsync(early, tune);
            await using var late = await RawDesktopPeer.GreetAsync(network, desktop.Client);
            await HearHaveRequestAsync(late, tune);
            await desktop.Client.StopAsync();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_OpenedToEachOther_LeaveThatOfTheLesserId(bool desktopIsLess)
    {
        var tune = await network.Press.MakeAsync($"Crossing {desktopIsLess}", 20, seed: desktopIsLess ? 921 : 922);
        await using var desktop = await StartAsync($"wire crossing {desktopIsLess}");
        using var identity = Beside(desktop.Client.Id, isLess: !desktopIsLess);
        await using var holder = await KnownHolder.StartAsync(network, identity, tune);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await using var accepted = await holder.AcceptAsync();
            await using var opened = await holder.DialAsync(desktop.Client);
            await opened.GreetAsync();
            await accepted.ReplyAsync();

            var (kept, closed) = desktopIsLess ? (accepted, opened) : (opened, accepted);
            await EndsWithoutAFrameAsync(closed);
            await kept.UntilPongAsync();
            await desktop.Client.StopAsync();
        });
    }

    [Fact]
    public async Task Reply_WithATicketThatIsNotValid_IsClosed()
    {
        var tune = await network.Press.MakeAsync("With a bad ticket", 20, seed: 925);
        await using var desktop = await StartAsync("wire bad ticket");
        using var identity = NodeIdentity.Create();
        await using var holder = await KnownHolder.StartAsync(network, identity, tune);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await using var accepted = await holder.AcceptAsync();
            accepted.Dialogue["ticket"][^1] ^= 1;
            await accepted.ReplyAsync();
            var end = Assert.Single(await accepted.UntilEndAsync());
            Assert.Equal((8, 0, 4), (end[4], BitConverter.ToInt32(end, 6), BitConverter.ToUInt16(end, 10)));
            await desktop.Client.StopAsync();
        });
    }

    [Fact]
    public async Task Connection_BeyondAllNeighbours_IsClosedBehindTheReply()
    {
        var options = TestClient.Options(network, "wire full", "null-fast");
        Assert.Equal(60, options.MaxConnections);
        options.MaxConnections = 3;
        await using var desktop = await TestClient.StartAsync(options);
        var neighbours = new List<RawDesktopPeer>();
        for (var i = 0; i < 3; i++)
            neighbours.Add(await RawDesktopPeer.GreetAsync(network, desktop.Client));

        await using var another = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await another.Dialogue.EndsAsync();
        foreach (var neighbour in neighbours)
        {
            Assert.Empty(await neighbour.UntilPongAsync());
            await neighbour.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connection_BeyondTheSoftLimit_EndsTheLeastUsed()
    {
        var options = TestClient.Options(network, "wire soft", "null-fast");
        Assert.Equal(50, options.Core.Neighbours.SoftLimit);
        options.Core.Neighbours.SoftLimit = 2;
        await using var desktop = await TestClient.StartAsync(options);
        await using var first = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var second = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var third = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        await first.Dialogue.EndsAsync();
        Assert.Empty(await second.UntilPongAsync());
        Assert.Empty(await third.UntilPongAsync());
    }

    [Fact]
    public async Task Connection_IdleBeyondTheKept_IsClosed()
    {
        var options = TestClient.Options(network, "wire idle", "null-fast");
        var neighbours = options.Core.Neighbours;
        Assert.Equal((12, TimeSpan.FromMinutes(5)), (neighbours.KeptNeighbours, neighbours.IdleTimeout));
        (neighbours.KeptNeighbours, neighbours.IdleTimeout) = (2, TimeSpan.FromMilliseconds(100));
        await using var desktop = await TestClient.StartAsync(options);
        await using var first = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var second = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        Assert.Empty(await first.UntilPongAsync());
        await using var third = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        await first.Dialogue.EndsAsync();
        Assert.Empty(await second.UntilPongAsync());
        Assert.Empty(await third.UntilPongAsync());
    }

    [Fact]
    public async Task Connection_WherePeersAreNotUsed_IsClosedBehindTheReply()
    {
        await using var desktop = await StartAsync("wire metered");
        await desktop.Client.SetUploadsAsync(new UploadSettings { Metered = true });
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await peer.Dialogue.EndsAsync();
    }

    [Fact]
    public async Task Ban_OfWhoSentAWrongChunk_ClosesBehindTheReply()
    {
        var tune = await network.Press.MakeAsync("Lied about", 20, seed: 923);
        await using var desktop = await StartAsync("wire liar");
        using var identity = NodeIdentity.Create();
        await using var liar = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await liar.Dialogue.SendAsync(
                $"1a000000 1100 00000000 {RawDesktopPeer.Hex(tune.Manifest.File)} 01 00 00000000 00000000");
            var asked = await liar.NextAsync(14);
            var (request, index) = (BitConverter.ToInt32(asked, 6), BitConverter.ToInt32(asked, 26));
            var wrong = tune.Chunk((uint)index).ToArray();
            wrong[^1] ^= 1;
            await liar.Dialogue.SendAsync(
                $"{RawDesktopPeer.Little(10 + wrong.Length)} 0f00 {RawDesktopPeer.Little(request)}"
                + $" {RawDesktopPeer.Little(index)} 0000 {RawDesktopPeer.Little(wrong.Length)[..4]} 02 00"
                + $" {Convert.ToHexStringLower(wrong)}");
            await EndsWithoutAFrameAsync(liar);
            await desktop.Client.StopAsync();
        });
        await IsBannedAsync(desktop, identity);
    }

    [Fact]
    public async Task Ban_OfWhoBrokeARule_ClosesBehindTheReply()
    {
        await using var desktop = await StartAsync("wire breaker");
        using var identity = NodeIdentity.Create();
        await using var breaker = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);

        // A pong to no ping.
        await breaker.Dialogue.SendAsync("00000000 0600 01000000");
        var end = await breaker.NextAsync(8);
        Assert.Equal((0, 16), (BitConverter.ToInt32(end, 6), BitConverter.ToUInt16(end, 10)));
        await breaker.Dialogue.EndsAsync();
        await IsBannedAsync(desktop, identity);
    }

    [Fact]
    public async Task Ban_IsOverAfterItsTime()
    {
        var options = TestClient.Options(network, "wire forgiving", "null-fast");
        Assert.Equal(TimeSpan.FromHours(12), options.Core.Neighbours.BanFor);
        options.Core.Neighbours.BanFor = TimeSpan.FromTicks(1);
        await using var desktop = await TestClient.StartAsync(options);
        using var identity = NodeIdentity.Create();
        await using var breaker = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await breaker.Dialogue.SendAsync("00000000 0600 01000000");
        await breaker.UntilEndAsync();

        await using var again = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await again.UntilPongAsync();
    }

    [Fact]
    public async Task Have_WithABitmapThatBeginsElsewhere_IsNotTakenIn()
    {
        var tune = await network.Press.MakeAsync("Held in part", 20, seed: 924);
        await using var desktop = await StartAsync("wire bitmap");
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await network.WithoutStorageAsync(async () =>
        {
            var have = $"1100 00000000 {RawDesktopPeer.Hex(tune.Manifest.File)} 02 00";
            await desktop.Client.EnqueueAsync(tune.Id);
            await peer.NextAsync(23);
            await peer.Dialogue.SendAsync($"1d000000 {have} 01000000 18000000 ffffff");
            Assert.DoesNotContain(await peer.UntilPongAsync(), static frame => frame[4] == 14);

            await peer.Dialogue.SendAsync($"1b000000 {have} 00000000 01000000 01");
            var asked = await peer.NextAsync(14);
            Assert.Equal((0, 1), (BitConverter.ToInt32(asked, 26), BitConverter.ToUInt16(asked, 30)));
            await desktop.Client.StopAsync();
        });
    }

    /// <summary>A key whose id is less, or greater, than another's: compared byte by byte.</summary>
    private static NodeIdentity Beside(PeerId other, bool isLess)
    {
        while (true)
        {
            var identity = NodeIdentity.Create();
            if (string.CompareOrdinal($"{identity.Id}", $"{other}") < 0 == isLess)
                return identity;

            identity.Dispose();
        }
    }

    /// <summary>The first thing that it hears is the question what it holds of a track, under the first id there is.</summary>
    private static Task HearHaveRequestAsync(RawDesktopPeer peer, Tune tune) =>
        peer.Dialogue.ReceiveAsync($"10000000 1000 01000000 {RawDesktopPeer.Hex(tune.Manifest.File)}");

    /// <summary>Requests on their way may still come, but nothing that says why it ends.</summary>
    private static async Task EndsWithoutAFrameAsync(RawDesktopPeer peer) =>
        Assert.DoesNotContain(await peer.UntilEndAsync(), static frame => frame[4] is 7 or 8);

    private Task<TestClient> StartAsync(string folder) =>
        TestClient.StartAsync(TestClient.Patient(TestClient.Options(network, folder, "null-fast")));

    /// <summary>Whoever proves that key is reported, and not spoken to any more; another one is.</summary>
    private async Task IsBannedAsync(TestClient desktop, NodeIdentity identity)
    {
        await Eventually.TrueAsync(() => network.Logged($"Client {identity.Id} was reported ("));
        await using var again = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await again.Dialogue.EndsAsync();
        await using var other = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await other.UntilPongAsync();
    }
}
