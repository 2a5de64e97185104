using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Uploading;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says a desktop looks at, and does not, in what peers ask of it, spoken in bytes over TLS:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>local only is not looked at: it asks nobody else</term>
/// <description><see cref="ChunkRequest_LocalOnlyOrNot_IsAnsweredFromTheCache"/></description></item>
/// <item><term>the milliseconds are not; it keeps its order</term>
/// <description><see cref="ChunkRequests_WhoseTimeHasPassed_AreServedInOrder"/></description></item>
/// <item><term>by priority, then by arrival</term>
/// <description><see cref="ChunkRequests_OfSeveralPriorities_AreServedByThem"/></description></item>
/// <item><term>what it can't give it does not hold</term>
/// <description><see cref="Uploads_SwitchedOff_HoldNothing"/></description></item>
/// </list>
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopServingTests(TestNetwork network)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ChunkRequest_LocalOnlyOrNot_IsAnsweredFromTheCache(bool localOnly)
    {
        var held = await network.Press.MakeAsync($"Held {localOnly}", 1, seed: localOnly ? 940 : 941);
        var absent = await network.Press.MakeAsync($"Absent {localOnly}", 1, seed: localOnly ? 942 : 943);
        await using var desktop = await HolderAsync($"wire local {localOnly}", held);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await peer.AskHeldAsync(1, held.Manifest.File);
        await peer.AskAsync(2, held.Manifest.File, 0, 1, localOnly);
        Assert.Equal(held.Chunk(0).ToArray(), await peer.ReadChunkAsync(2, 0));

        // Of what it lacks nothing comes, and it has not fetched any of it.
        var nothing = $"{RawDesktopPeer.Hex(absent.Manifest.File)} 00 00 00000000 00000000";
        await peer.Dialogue.SpeakAsync(
            [$"> 10000000 1000 03000000  {nothing[..32]}", $"< 1a000000 1100 03000000  {nothing}"]);
        await peer.AskAsync(4, absent.Manifest.File, 0, 1, localOnly);
        var refused = await peer.Dialogue.ReadFrameAsync();
        Assert.Equal((8, 4, 29), (refused[4], refused[6], refused[10]));
        await peer.Dialogue.SpeakAsync(
            [$"> 10000000 1000 05000000  {nothing[..32]}", $"< 1a000000 1100 05000000  {nothing}"]);
    }

    [Fact]
    public async Task ChunkRequests_WhoseTimeHasPassed_AreServedInOrder()
    {
        var tune = await network.Press.MakeAsync("Late", 5, seed: 944);
        await using var desktop = await HolderAsync("wire late", tune);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await peer.AskHeldAsync(1, tune.Manifest.File);

        // So slow that what is asked behind the first chunk is late when it leaves.
        await desktop.Client.SetUploadsAsync(new UploadSettings { MaxBytesPerSecond = 16_384 });
        for (var request = 2; request <= 5; request++)
            await peer.AskAsync(request, tune.Manifest.File, request - 2, 1, localOnly: false, milliseconds: 1);

        for (var request = 2; request <= 5; request++)
            Assert.Equal(tune.Chunk((uint)request - 2).ToArray(), await peer.ReadChunkAsync(request, request - 2));
    }

    [Fact]
    public async Task ChunkRequests_OfSeveralPriorities_AreServedByThem()
    {
        var tune = await network.Press.MakeAsync("Wanted by turns", 5, seed: 946);
        await using var desktop = await HolderAsync("wire priorities", tune);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await peer.AskHeldAsync(1, tune.Manifest.File);

        // A cap, for without one several chunks are on their way of what a peer of the same LAN keeps for later. The first
        // finds a free slot; it is over when the others have long been there.
        await desktop.Client.SetUploadsAsync(new UploadSettings { MaxBytesPerSecond = 10_000_000 });
        await peer.AskAtOnceAsync(tune.Manifest.File, (2, 2), (3, 2), (4, 1), (5, 0), (6, 1), (7, 0));
        foreach (var request in new[] { 2, 5, 7, 4, 6, 3 })
            Assert.Equal(tune.Chunk(0).ToArray(), await peer.ReadChunkAsync(request, 0));
    }

    [Fact]
    public async Task Uploads_SwitchedOff_HoldNothing()
    {
        var tune = await network.Press.MakeAsync("Kept to itself", 1, seed: 945);
        await using var desktop = await HolderAsync("wire off", tune);
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        var file = RawDesktopPeer.Hex(tune.Manifest.File);
        await peer.AskHeldAsync(1, tune.Manifest.File);
        await desktop.Client.SetUploadsAsync(new UploadSettings { Enabled = false });

        await peer.AskAsync(2, tune.Manifest.File, 0, 1);
        await peer.Dialogue.SpeakAsync(
        [
            "< 04000000 0b00 02000000  00000000", $"> 10000000 1000 03000000  {file}",
            $"< 1a000000 1100 03000000  {file} 00 00 00000000 00000000",
            $"> 19000000 1700 00000000  0100000000000000 {file} 00",
        ]);
        Assert.Empty(await peer.UntilPongAsync());
    }

    private async Task<TestClient> HolderAsync(string folder, Tune tune)
    {
        var desktop = await TestClient.StartAsync(network, folder);
        await desktop.HearAsync(tune);
        await network.WhenHeldAsync(tune, desktop);
        return desktop;
    }
}
