using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Cache;

/// <summary>What every chunk cache must do.</summary>
public abstract class ChunkCacheContract
{
    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];

    /// <summary>A new, empty cache that holds at least 16 MiB and at most 80.</summary>
    protected abstract Task<IChunkCache> CreateAsync();

    [Fact]
    public async Task Read_NothingPut_IsMiss()
    {
        await using var cache = await CreateAsync();

        Assert.Equal(0, await cache.ReadAsync(TestChunks.Id(1, 0), _buffer));
        Assert.Equal(1, cache.Usage.Misses);
    }

    [Fact]
    public async Task Read_AfterPut_GivesSameBytes()
    {
        await using var cache = await CreateAsync();
        await PutAsync(cache, file: 1, count: 20);

        for (uint i = 0; i < 20; i++)
            Assert.True(await HasAsync(cache, 1, i));

        Assert.False(await HasAsync(cache, 1, 20));
        Assert.Equal(20, cache.Usage.Hits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(Manifest.ChunkSize)]
    public async Task Read_AnyLength_GivesThatLength(int length)
    {
        await using var cache = await CreateAsync();
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);

        await cache.PutAsync(TestChunks.Id(3, 7), bytes);

        Assert.Equal(length, await cache.ReadAsync(TestChunks.Id(3, 7), _buffer));
        Assert.True(_buffer.AsSpan(0, length).SequenceEqual(bytes));
        Assert.Equal(length, cache.Usage.HeldBytes);
    }

    [Fact]
    public async Task Put_Again_IsHeldOnce()
    {
        await using var cache = await CreateAsync();
        await PutAsync(cache, 1, 3);
        await PutAsync(cache, 1, 3);

        Assert.Equal(3 * Manifest.ChunkSize, cache.Usage.HeldBytes);
        Assert.True(await HasAsync(cache, 1, 2));
    }

    [Fact]
    public async Task Put_BadLengthOrIndex_Throws()
    {
        await using var cache = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await cache.PutAsync(TestChunks.Id(1, 0), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await cache.PutAsync(TestChunks.Id(1, 0), new byte[Manifest.ChunkSize + 1]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await cache.PutAsync(TestChunks.Id(1, uint.MaxValue), new byte[1]));
        Assert.Equal(0, await cache.ReadAsync(TestChunks.Id(1, uint.MaxValue), _buffer));
    }

    [Fact]
    public async Task Read_DestinationTooShort_Throws()
    {
        await using var cache = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await cache.ReadAsync(TestChunks.Id(1, 0), _buffer.AsMemory(1)));
    }

    [Fact]
    public async Task CopyPresence_SomeChunks_SetsTheirBitsAndNoOthers()
    {
        await using var cache = await CreateAsync();
        foreach (var index in new uint[] { 0, 63, 64, 130, 700 })
            await cache.PutAsync(TestChunks.Id(2, index), new byte[9]);

        var present = new ulong[4];
        Array.Fill(present, ulong.MaxValue);

        Assert.Equal(4, cache.CopyPresence(TestChunks.File(2), present));
        Assert.Equal([1UL | (1UL << 63), 1UL, 1UL << 2, 0UL], present);
        Assert.Equal(0, cache.CopyPresence(TestChunks.File(9), present));
        Assert.All(present, word => Assert.Equal(0UL, word));
    }

    [Fact]
    public async Task Put_MoreThanFits_HoldsTheLimitAndTheNewest()
    {
        await using var cache = await CreateAsync();
        var limit = (int)(cache.Usage.LimitBytes / Manifest.ChunkSize);
        for (var i = 0; i < limit * 3; i++)
            await cache.PutAsync(TestChunks.Id(i, 0), TestChunks.Bytes(TestChunks.Id(i, 0)));

        var usage = cache.Usage;
        Assert.InRange(usage.HeldBytes, usage.LimitBytes / 2, usage.LimitBytes + (usage.LimitBytes / 16));
        for (var i = (limit * 3) - 50; i < limit * 3; i++)
            Assert.True(await HasAsync(cache, i, 0));

        Assert.False(await HasAsync(cache, 0, 0));
        await AssertPresenceIsTrueAsync(cache, Enumerable.Range(0, limit * 3));
    }

    [Fact]
    public async Task Put_MoreThanFits_KeepsWhatIsReadMeanwhile()
    {
        await using var cache = await CreateAsync();
        var limit = (int)(cache.Usage.LimitBytes / Manifest.ChunkSize);
        var hot = limit / 10;
        for (var i = 0; i < limit * 3; i++)
        {
            await cache.PutAsync(TestChunks.Id(i, 0), TestChunks.Bytes(TestChunks.Id(i, 0)));
            Assert.True(await HasAsync(cache, i % hot, 0) || i < hot);
        }

        for (var i = 0; i < hot; i++)
            Assert.True(await HasAsync(cache, i, 0));
    }

    [Fact]
    public async Task Everything_FromManyThreads_NeverGivesWrongBytes()
    {
        await using var cache = await CreateAsync();
        var files = (int)(cache.Usage.LimitBytes / Manifest.ChunkSize / 64) + 20;
        var wrong = 0;
        var hits = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            var buffer = new byte[Manifest.ChunkSize];
            for (var round = 0; round < 4_000; round++)
            {
                var chunk = TestChunks.Id(random.Next(files), (uint)random.Next(64));
                var length = await cache.ReadAsync(chunk, buffer);
                if (length == 0)
                    await cache.PutAsync(chunk, TestChunks.Bytes(chunk));
                else if (TestChunks.Matches(chunk, buffer.AsSpan(0, length)))
                    Interlocked.Increment(ref hits);
                else
                    Interlocked.Increment(ref wrong);
            }
        })));

        Assert.Equal(0, wrong);
        Assert.True(hits > 1_000);
        Assert.Equal(0, cache.Usage.Damaged);
        await cache.FlushAsync();
    }

    [Fact]
    public async Task Read_InMemory_DoesNotAllocate()
    {
        await using var cache = await CreateAsync();
        await PutAsync(cache, 1, 64);
        uint next = 0;

        AllocationAssert.None(() => Assert.True(ReadNow(cache, TestChunks.Id(1, next++ % 64)) > 0));
    }

    [Fact]
    public async Task Read_Miss_DoesNotAllocate()
    {
        await using var cache = await CreateAsync();
        await PutAsync(cache, 1, 4);

        AllocationAssert.None(() => Assert.True(ReadNow(cache, TestChunks.Id(1, 99)) == 0));
        AllocationAssert.None(() => Assert.True(ReadNow(cache, TestChunks.Id(2, 0)) == 0));
    }

    [Fact]
    public async Task CopyPresence_Always_DoesNotAllocate()
    {
        await using var cache = await CreateAsync();
        await PutAsync(cache, 1, 64);
        var present = new ulong[2];

        AllocationAssert.None(() => Assert.True(cache.CopyPresence(TestChunks.File(1), present) == 64));
    }

    protected static async Task PutAsync(IChunkCache cache, int file, uint count)
    {
        for (uint i = 0; i < count; i++)
            await cache.PutAsync(TestChunks.Id(file, i), TestChunks.Bytes(TestChunks.Id(file, i)));
    }

    /// <summary>True when the cache has the chunk; fails when it gives wrong bytes for it.</summary>
    protected static async Task<bool> HasAsync(IChunkCache cache, int file, uint index)
    {
        var buffer = new byte[Manifest.ChunkSize];
        var chunk = TestChunks.Id(file, index);
        var length = await cache.ReadAsync(chunk, buffer);
        Assert.True(length == 0 || TestChunks.Matches(chunk, buffer.AsSpan(0, length)), $"wrong bytes for {chunk}");
        return length > 0;
    }

    private int ReadNow(IChunkCache cache, ChunkId chunk)
    {
        var read = cache.ReadAsync(chunk, _buffer);
        Assert.True(read.IsCompletedSuccessfully);
#pragma warning disable VSTHRD002 // It is completed.
        return read.Result;
#pragma warning restore VSTHRD002
    }

    private static async Task AssertPresenceIsTrueAsync(IChunkCache cache, IEnumerable<int> files)
    {
        var present = new ulong[1];
        foreach (var file in files)
        {
            var said = cache.CopyPresence(TestChunks.File(file), present) == 1;
            Assert.Equal(said, await HasAsync(cache, file, 0));
        }
    }
}
