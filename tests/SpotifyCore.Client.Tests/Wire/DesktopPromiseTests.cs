using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says of what a peer promises a desktop, and of whether it keeps it, spoken in bytes over TLS:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>silent after a promise, and nobody else: nothing is taken back, and it is closed</term>
/// <description><see cref="Silence_AfterAPromiseOfTheOnlyOne_IsWaitedForAndClosed"/></description></item>
/// <item><term>several haves cover a longer file</term>
/// <description><see cref="Haves_OfALongerFile_CoverItTogether"/></description></item>
/// </list>
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopPromiseTests(TestNetwork network)
{
    [Fact]
    public async Task Silence_AfterAPromiseOfTheOnlyOne_IsWaitedForAndClosed()
    {
        var tune = await network.Press.MakeAsync("Promised", 20, seed: 960);
        var options = TestClient.Options(network, "wire promised", "null-fast");
        (options.Core.Downloads.LeastSilence, options.Core.Downloads.MostSilence) =
            (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromMinutes(1);
        await using var desktop = await TestClient.StartAsync(options);
        await using var silent = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await silent.Dialogue.SendAsync(
                $"1a000000 1100 00000000 {RawDesktopPeer.Hex(tune.Manifest.File)} 01 00 00000000 00000000");
            var heard = (await silent.UntilEndAsync()).Where(static frame => frame[4] is 7 or 8 or 9 or 14).ToArray();

            // Asked, and not given up; the end comes without a frame.
            Assert.NotEmpty(heard);
            Assert.All(heard, static frame => Assert.Equal(14, frame[4]));
            await desktop.Client.StopAsync();
        });
    }

    [Fact]
    public async Task Haves_OfALongerFile_CoverItTogether()
    {
        var tune = await network.Press.MakeAsync("In several parts", 60, seed: 961);
        Assert.InRange(tune.Manifest.ChunkCount, 65u, 128u);
        await using var desktop = await TestClient.StartAsync(
            TestClient.Patient(TestClient.Options(network, "wire parts", "null-fast")));
        await using var peer = await RawDesktopPeer.GreetAsync(network, desktop.Client, version: 1);
        await network.WithoutStorageAsync(async () =>
        {
            var hearing = desktop.HearAsync(tune);
            await new TuneServer(peer, tune) { ChunksInAHave = 64 }.ServeAsync(hearing);
            Assert.Equal(new BytesBySource(0, tune.Sealed.Length, 0, 0), (await hearing).Bytes);
        });
    }
}
