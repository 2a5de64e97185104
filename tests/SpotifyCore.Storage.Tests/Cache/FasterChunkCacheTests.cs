using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Cache;

public sealed class FasterChunkCacheTests : ChunkCacheContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override async Task<IChunkCache> CreateAsync() => await OpenAsync();

    private Task<FasterChunkCache> OpenAsync() => OpenAsync(null);

    private Task<FasterChunkCache> OpenAsync(
        TimeProvider? time, long diskBytes = ChunkCacheOptions.LeastDiskBytes) => FasterChunkCache.OpenAsync(
        new ChunkCacheOptions { Directory = _directory["cache"], DiskBytes = diskBytes, MemoryBytes = 16L << 20 },
        NullLogger<FasterChunkCache>.Instance,
        time);

    [Fact]
    public async Task Open_WithFarLessRoomThanItWasMadeWith_BeginsAnewAndWorks()
    {
        await using (var large = await OpenAsync(null, diskBytes: 64L << 30))
            await PutAsync(large, 1, 900);

        await using (var small = await OpenAsync())
        {
            Assert.InRange(small.Usage.LimitBytes, 32L << 20, ChunkCacheOptions.LeastDiskBytes);
            Assert.False(await HasAsync(small, 1, 899));
            await PutAsync(small, 2, 8_000);
            Assert.True(await HasAsync(small, 2, 7_999));
        }

        await using var again = await OpenAsync();
        Assert.True(await HasAsync(again, 2, 7_999));
    }

    [Fact]
    public async Task Open_AfterDispose_HoldsEverything()
    {
        await using (var cache = await OpenAsync())
            await PutAsync(cache, 1, 1_500);

        await using var again = await OpenAsync();
        var present = new ulong[24];
        Assert.Equal(1_500, again.CopyPresence(TestChunks.File(1), present));
        for (uint i = 0; i < 1_500; i++)
            Assert.True(await HasAsync(again, 1, i));
    }

    [Fact]
    public async Task Open_ManyTimes_GoesOnAndStaysBounded()
    {
        for (var round = 0; round < 8; round++)
        {
            await using var cache = await OpenAsync();
            await PutAsync(cache, round, 900);
            if (round > 0)
                Assert.True(await HasAsync(cache, round - 1, 899));
        }

        var files = new DirectoryInfo(_directory["cache"]).GetFiles("*", SearchOption.AllDirectories);
        var bytes = files.Sum(file => file.Length);
        Assert.InRange(bytes, 32L << 20, 66L << 20);
    }

    [Fact]
    public async Task Read_OnDisk_DoesNotAllocate()
    {
        // Five times what is kept in memory, read in turn: every read is from disk.
        const uint Count = 2_500;
        await using var cache = await OpenAsync();
        await PutAsync(cache, 1, Count);
        var buffer = new byte[Manifest.ChunkSize];
        uint next = 0;
        await AllocationAssert.NoneAcrossThreadsAsync(
            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
            async ValueTask () => Assert.True(await cache.ReadAsync(TestChunks.Id(1, next++ % Count), buffer) > 0),
            rounds: 5_000);
    }

    [Fact]
    public async Task Put_ChunkHeld_DoesNotAllocate()
    {
        await using var cache = await OpenAsync();
        await PutAsync(cache, 1, 8);
        var bytes = TestChunks.Bytes(TestChunks.Id(1, 3));

        AllocationAssert.None(() => Assert.True(cache.PutAsync(TestChunks.Id(1, 3), bytes).IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Idle_NothingIsWritten()
    {
        var clock = new ManualTimeProvider();
        await using var cache = await OpenAsync(clock);
        for (var round = 1; round <= 3; round++)
        {
            await PutAsync(cache, round, 1);
            await clock.AdvanceUntilAsync(Eventually.TrueAsync(() => cache.Usage.UnsavedBytes == 0));

            // The checkpoints are numbered: none was taken but for what was put.
            clock.Advance(TimeSpan.FromHours(1));
            await Eventually.TrueAsync(() => File.Exists(Path.Combine(_directory["cache"], $"checkpoint.{round}")));
            Assert.False(File.Exists(Path.Combine(_directory["cache"], $"checkpoint.{round + 1}")));
        }
    }

    [Fact]
    public async Task Open_Twice_SaysThatTheDirectoryIsInUse()
    {
        await using var cache = await OpenAsync();

        var error = await Assert.ThrowsAsync<IOException>(OpenAsync);
        Assert.Contains(_directory["cache"], error.Message, StringComparison.Ordinal);
    }
}
