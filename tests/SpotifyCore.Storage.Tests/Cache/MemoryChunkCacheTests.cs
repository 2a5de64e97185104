using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Cache;

public sealed class MemoryChunkCacheTests : ChunkCacheContract
{
    protected override Task<IChunkCache> CreateAsync() => Task.FromResult<IChunkCache>(new MemoryChunkCache(16L << 20));

    [Fact]
    public async Task Put_OneSlot_Works()
    {
        await using var cache = new MemoryChunkCache(Manifest.ChunkSize);
        await PutAsync(cache, 1, 5);

        Assert.True(await HasAsync(cache, 1, 4));
        Assert.False(await HasAsync(cache, 1, 3));
    }

    [Fact]
    public async Task Put_Full_DoesNotAllocate()
    {
        await using var cache = new MemoryChunkCache(1L << 20);
        var bytes = new byte[Manifest.ChunkSize];
        for (uint i = 0; i < 128; i++)
            await cache.PutAsync(TestChunks.Id(1, i), bytes);

        uint next = 0;
        AllocationAssert.None(
            () => Assert.True(cache.PutAsync(TestChunks.Id((int)next, next++ % 128), bytes).IsCompletedSuccessfully));
    }
}
