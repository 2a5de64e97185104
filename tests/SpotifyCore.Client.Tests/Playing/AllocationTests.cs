using System.Diagnostics;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a chunk costs on its whole way through a client, on all threads, is next to nothing.</summary>
[Collection(AloneGroup.Name)]
public sealed class AllocationTests(TestNetwork network)
{
    /// <summary>Bytes a chunk: the runtime and the test host add some of their own meanwhile.</summary>
    private const int Tolerated = 32;

    /// <summary>
    /// The same with the sending node, TLS on both sides and slots that are made when they are first needed.
    /// </summary>
    private const int ToleratedFetching = 64;

    /// <summary>
    /// Bytes a second, whether or not anything is played: the network of the tests alone allocates 2,072 in ten idle
    /// seconds' mean, and a busy machine takes seconds for what else is done in a tenth.
    /// </summary>
    private const int ToleratedASecond = 4096;

    /// <summary>On a busy machine few are undisturbed; on a free one the first is.</summary>
    private const int Attempts = 15;

    [Fact]
    public async Task Play_FromTheCache_AllocatesNextToNothingAChunk()
    {
        var tune = await network.Press.MakeAsync("Lengthy", 300, seed: 70);
        await using var client = await TestClient.StartAsync(network, "warm");
        await client.HearAsync(tune);
        await client.HearAsync(tune);

        // What a play costs as such falls out of the difference between all of a track and its end.
        var least = double.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > Tolerated; attempt++)
        {
            var end = await AllocatedAsync(() => HearEndAsync(client, tune));
            var all = await AllocatedAsync(() => client.HearAsync(tune));
            least = Math.Min(least, (all - end) / (double)tune.Manifest.ChunkCount);
        }

        Assert.InRange(least, double.MinValue, Tolerated);
    }

    [Fact]
    public async Task Play_FromProduction_AllocatesLittleAChunk()
    {
        var warm = await network.Press.MakeAsync("Warming up", 300, seed: 72);
        var tune = await network.Press.MakeAsync("Fetched", 300, seed: 73);
        await HearColdAsync("fetch", warm, client => client.HearAsync(tune));
        var least = double.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > ToleratedFetching; attempt++)
        {
            var end = await HearColdAsync($"fetch-end{attempt}", warm, client => HearEndAsync(client, tune));
            var all = await HearColdAsync($"fetch-all{attempt}", warm, client => client.HearAsync(tune));
            least = Math.Min(least, (all - end) / (double)tune.Manifest.ChunkCount);
        }

        Assert.InRange(least, double.MinValue, ToleratedFetching);
    }

    /// <summary>What a play allocates that a client, warmed up by another track, has to fetch.</summary>
    private async Task<long> HearColdAsync(string folder, Tune warm, Func<TestClient, Task> play)
    {
        var options = TestClient.Options(network, folder, "null-fast");
        options.Core.Neighbours.Enabled = false;
        options.Slots = 64;
        await using var client = await TestClient.StartAsync(options);
        await client.HearAsync(warm);
        return await AllocatedAsync(() => play(client));
    }

    private static async Task HearEndAsync(TestClient client, Tune tune)
    {
        var playing = client.Client.PlayAsync(tune.Id);
        await client.Client.SeekAsync(tune.Duration - TimeSpan.FromSeconds(5));
        await playing;
        await client.Client.WhenStoppedAsync();
        await client.Client.GetStatisticsAsync();
    }

    private static async Task<long> AllocatedAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await action();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return allocated - (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * ToleratedASecond);
    }
}
