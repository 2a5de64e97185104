using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a chunk costs on its whole way through a client, on all threads, is next to nothing.</summary>
[Collection(NetworkCollection.Name)]
public sealed class AllocationTests(TestNetwork network)
{
    /// <summary>Bytes a chunk: the runtime and the test host add some of their own meanwhile.</summary>
    private const int Tolerated = 256;

    private const int Attempts = 4;

    [Fact]
    public async Task Play_FromTheCache_AllocatesNextToNothingAChunk()
    {
        var (brief, lengthy) = await MakeAsync(70);
        await using var client = await TestClient.StartAsync(network, "warm");
        await client.HearAsync(brief);
        await client.HearAsync(lengthy);
        await AssertNextToNothingAsync(brief, lengthy, client.HearAsync);
    }

    private async Task<(Tune Brief, Tune Lengthy)> MakeAsync(int seed) => (
        await network.Press.MakeAsync($"Brief {seed}", 10, seed),
        await network.Press.MakeAsync($"Lengthy {seed}", 300, seed + 1));

    // What a play costs as such falls out of the difference between a long one and a short one.
    private static async Task AssertNextToNothingAsync(Tune brief, Tune lengthy, Func<Tune[], Task> play)
    {
        var chunks = lengthy.Manifest.ChunkCount - brief.Manifest.ChunkCount;
        var least = double.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > Tolerated; attempt++)
        {
            var small = await AllocatedAsync(() => play([brief]));
            var large = await AllocatedAsync(() => play([lengthy]));
            least = Math.Min(least, (large - small) / (double)chunks);
        }

        Assert.InRange(least, double.MinValue, Tolerated);
    }

    private static async Task<long> AllocatedAsync(Func<Task> action)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
