using System.Text;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says of peers, spoken in bytes over TLS to a real desktop:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>the examples; requests with the hello; no manifests; no puts</term>
/// <description><see cref="WithADesktop_OverTls_AnswersAsWritten"/></description></item>
/// <item><term>both show a ticket</term><description><see cref="Hello_WithoutATicket_IsRefused"/></description></item>
/// <item><term>ask first; tier; pieces</term><description><see cref="ChunkRequest_OfWhatWasOffered_ComesInPiecesFromAPeer"/></description></item>
/// <item><term>offers of 4 files</term><description><see cref="Offers_OfAFifthFile_TakeThePlaceOfTheFirst"/></description></item>
/// <item><term>32 and 128 requests</term><description><see cref="Requests_BeyondThirtyTwoAndBeyondAll_AreBusy"/></description></item>
/// <item><term>unasked</term><description><see cref="Unasked_FramesThatMayCome_AreTaken"/></description></item>
/// <item><term>one connection</term><description><see cref="Connection_ASecondOfTheSamePeer_EndsTheFirst"/></description></item>
/// <item><term>a part, and more of it unasked</term>
/// <description><see cref="Have_OfAFileBeingFetched_IsAPartAndThenMoreUnasked"/></description></item>
/// <item><term>a desktop searches at once; its ids; a part; 29; the tier that it counts</term>
/// <description><see cref="Play_HeldByAForeignPeer_IsAskedForAndTakenAsWritten"/></description></item>
/// </list>
/// The rest of that section is held by the core's tests, on virtual time.
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopRulesTests(TestNetwork network)
{
    private const string NoFile = "000102030405060708090a0b0c0d0e0f";
    private const string PingPong = "> 00000000 0500 09000000\n< 00000000 0600 09000000";

    [Fact]
    public async Task WithADesktop_OverTls_AnswersAsWritten()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire examples");
        await using var peer = await RawDesktopPeer.DialAsync(network, desktop.Client);
        var examples = WireSpecification.Examples("With a desktop");

        Assert.Equal(11, examples.Count);
        await peer.Dialogue.SpeakAsync(examples);
        await peer.Dialogue.EndsAsync();
        Assert.Equal(desktop.Client.ListenPort, BitConverter.ToUInt16(peer.Dialogue["port"]));
    }

    [Fact]
    public async Task Hello_WithoutATicket_IsRefused()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire without a ticket");
        await using var peer = await RawDesktopPeer.DialAsync(network, desktop.Client);
        peer.Dialogue["text"] = "A ticket is needed."u8.ToArray();

        await peer.Dialogue.SpeakAsync(
            """
            > 0e000000 0100 00000000  53435031 0100 0200 01 00 0000 4000
            < 15000000 0300 00000000  0300 {text}
            """);
        await peer.Dialogue.EndsAsync();
    }

    [Fact]
    public async Task ChunkRequest_OfWhatWasOffered_ComesInPiecesFromAPeer()
    {
        var tune = await network.Press.MakeAsync("Offered", 5, seed: 900);
        await using var desktop = await HolderAsync("wire offers", tune);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        await peer.AskAsync(1, tune.Manifest.File, 0, 2);
        await peer.Dialogue.SpeakAsync([Error(1, ProtocolCode.NotOffered)]);
        await peer.AskHeldAsync(2, tune.Manifest.File);
        await peer.AskAsync(3, tune.Manifest.File, 0, 2);

        Assert.Equal(tune.Chunk(0).ToArray(), await peer.ReadChunkAsync(3, 0));
        Assert.Equal(tune.Chunk(1).ToArray(), await peer.ReadChunkAsync(3, 1));
        await peer.Dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Offers_OfAFifthFile_TakeThePlaceOfTheFirst()
    {
        var tunes = new List<Tune>();
        for (var i = 0; i < 5; i++)
            tunes.Add(await network.Press.MakeAsync($"Offered {i}", 1, seed: 901 + i));

        await using var desktop = await HolderAsync("wire five", [.. tunes]);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        for (var i = 0; i < 5; i++)
            await peer.AskHeldAsync(i + 1, tunes[i].Manifest.File);

        await peer.AskAsync(6, tunes[0].Manifest.File, 0, 1);
        await peer.Dialogue.SpeakAsync([Error(6, ProtocolCode.NotOffered)]);
        await peer.AskAsync(7, tunes[1].Manifest.File, 0, 1);
        Assert.Equal(tunes[1].Chunk(0).ToArray(), await peer.ReadChunkAsync(7, 0));
        await peer.AskHeldAsync(8, tunes[0].Manifest.File);
        await peer.AskAsync(9, tunes[0].Manifest.File, 0, 1);
        Assert.Equal(tunes[0].Chunk(0).ToArray(), await peer.ReadChunkAsync(9, 0));
    }

    [Fact]
    public async Task Requests_BeyondThirtyTwoAndBeyondAll_AreBusy()
    {
        var tune = await network.Press.MakeAsync("Crowded", 5, seed: 907);
        await using var desktop = await HolderAsync("wire crowd", tune);

        // Slow: some chunks are on their way or have left, the others wait.
        await desktop.Client.SetUploadsAsync(new UploadSettings { MaxBytesPerSecond = 64 });
        var peers = new List<RawDesktopPeer>();
        for (var i = 0; i < 5; i++)
        {
            peers.Add(await RawDesktopPeer.GreetAsync(network, desktop.Client));
            await peers[i].AskHeldAsync(1, tune.Manifest.File);
        }

        foreach (var peer in peers[..4])
            Assert.InRange(await BusyAsync(peer, tune), 33, 40);

        // All four have their thirty-two: the fifth finds next to no room.
        Assert.InRange(await BusyAsync(peers[4], tune), 1, 8);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Unasked_FramesThatMayCome_AreTaken()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire unasked");
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        await peer.Dialogue.SpeakAsync(
        [
            $"> 1a000000 1100 00000000 {NoFile} 01 00 00000000 00000000", "> 70000000 0400 00000000 {ticket}",
            $"> 23000000 1100 00000000 {NoFile} 02 00 00000000 42000000 030000000000000002",
            "> 09000000 1800 00000000 0700000000000000 00",
        ]);
        await peer.Dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Connection_ASecondOfTheSamePeer_EndsTheFirst()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire twice");
        using var identity = NodeIdentity.Create();
        await using var first = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await using var second = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);

        await first.Dialogue.EndsAsync();
        await second.Dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Play_HeldByAForeignPeer_IsAskedForAndTakenAsWritten()
    {
        var tune = await network.Press.MakeAsync("Held by a stranger", 20, seed: 908);
        await using var desktop = await TestClient.StartAsync(
            TestClient.Options(network, "wire taker", "null-fast"));
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        // No other has it now.
        List<(int Kind, int Id)> asked = [];
        await network.WithoutStorageAsync(async () =>
        {
            var hearing = desktop.HearAsync(tune);
            asked = await new TuneServer(peer, tune) { ForgetsOffer = true }.ServeAsync(hearing);
            var play = await hearing;
            Assert.True(play.Ended);
            Assert.Equal(new BytesBySource(0, tune.Sealed.Length, 0, 0), play.Bytes);
        });

        Assert.Equal((23, 0), asked[0]);
        Assert.Equal((14, 1), asked[1]);
        Assert.Equal(asked.Select(static request => request.Id).Order(), asked.Select(static request => request.Id));
        Assert.Single(asked, static request => request.Kind == 16);
        Assert.True(asked.Count(static request => request.Kind == 14) > 1);
    }

    [Fact]
    public async Task Have_OfAFileBeingFetched_IsAPartAndThenMoreUnasked()
    {
        var tune = await network.Press.MakeAsync("In the making", 20, seed: 909);
        await using var desktop = await TestClient.StartAsync(network, "wire part");
        await using var giver = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var asker = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await network.WithoutStorageAsync(async () =>
        {
            var hearing = desktop.HearAsync(tune);
            var serving = new TuneServer(giver, tune) { Rest = rest.Task }.ServeAsync(hearing);
            var part = await PartHeldAsync(asker, tune);
            Assert.Equal((0, (int)tune.Manifest.ChunkCount), (BitConverter.ToInt32(part, 28), BitConverter.ToInt32(part, 32)));
            Assert.Equal(((int)tune.Manifest.ChunkCount + 7) / 8, part.Length - 36);

            rest.SetResult();
            while (await NextHaveAsync(asker, request: 0) is { } more && more[26] != 1)
                Assert.Equal(2, more[26]);

            await hearing;
            await serving;
        });
    }

    /// <summary>Asks what is held until some of it is.</summary>
    private static async Task<byte[]> PartHeldAsync(RawDesktopPeer asker, Tune tune)
    {
        for (var request = 1; ; request++)
        {
            await asker.Dialogue.SendAsync($"10000000 1000 {RawDesktopPeer.Little(request)}  {RawDesktopPeer.Hex(tune.Manifest.File)}");
            var have = await NextHaveAsync(asker, request);
            if (have[26] == 2 && have[36..].Any(static bits => bits != 0))
                return have;

            Assert.NotEqual(1, have[26]);
        }
    }

    /// <summary>The next have that answers a request, or with 0 that comes unasked.</summary>
    private static async Task<byte[]> NextHaveAsync(RawDesktopPeer peer, int request)
    {
        while (true)
        {
            var frame = await peer.Dialogue.ReadFrameAsync();
            if (BitConverter.ToUInt16(frame, 4) == 17 && BitConverter.ToInt32(frame, 6) == request)
                return frame;
        }
    }

    /// <summary>Asks for one chunk after the other until one is refused for a second; how many it took.</summary>
    private static async Task<int> BusyAsync(RawDesktopPeer peer, Tune tune)
    {
        for (var (asked, request) = (1, 2); ; asked++, request++)
        {
            await peer.AskAsync(request, tune.Manifest.File, 0, 1);
            await peer.Dialogue.SendAsync("00000000 0500 09000000");
            for (var frame = await peer.Dialogue.ReadFrameAsync(); frame[4] != 6; frame = await peer.Dialogue.ReadFrameAsync())
            {
                // A busy, for a second; pieces of the chunk on its way may come before it.
                if (frame[4] == 10)
                {
                    Assert.Equal(1_000, BitConverter.ToInt32(frame, 10));
                    if (BitConverter.ToInt32(frame, 6) == request)
                        return asked;
                }
            }
        }
    }

    private static string Error(int request, ProtocolCode code)
    {
        var text = Encoding.UTF8.GetBytes(ProtocolText.Of(code));
        return $"< {2 + text.Length:x2}000000 0800 {request:x2}000000  {(int)code:x2}00 {Convert.ToHexStringLower(text)}";
    }

    /// <summary>A desktop that holds tunes.</summary>
    private async Task<TestClient> HolderAsync(string folder, params Tune[] tunes)
    {
        var desktop = await TestClient.StartAsync(network, folder);
        foreach (var tune in tunes)
        {
            await desktop.HearAsync(tune);
            await network.WhenHeldAsync(tune, desktop);
        }

        return desktop;
    }
}
