using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Tests.Cache;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;
using Xunit.Abstractions;

namespace SpotifyCore.Storage.Tests.Crash;

public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Cache_KilledAgainAndAgain_HoldsWhatWasFlushedAndNothingWrong()
    {
        for (var round = 1; round <= 3; round++)
        {
            var flushed = await KilledProcess.RunAsync(7 * round, "cache", _directory["cache"], "flush");
            await using var cache = await OpenAsync();
            for (var file = 0; file <= flushed; file++)
                Assert.Equal(100, await CountRightAsync(cache, file));

            await CountRightAsync(cache, flushed + 1);
        }
    }

    [Fact]
    public async Task Cache_KilledWithoutFlush_HoldsWhatTheTimerSavedAndNothingWrong()
    {
        var saved = await KilledProcess.RunAsync(25, "cache", _directory["cache"], "timer");

        await using var cache = await OpenAsync();
        for (var file = 0; file <= saved; file++)
            Assert.Equal(100, await CountRightAsync(cache, file));

        await CountRightAsync(cache, saved + 1);
    }

    /// <summary>
    /// What is put beside a checkpoint lies behind its end, where the log is written over after a crash: a later
    /// process's checkpoints hold what it flushed there all the same.
    /// </summary>
    [Fact]
    public async Task Cache_KilledBesidePuts_HoldsWhatWasFlushedByEachProcess()
    {
        var options = CrashChild.CacheOptions(_directory["cache"]);
        options.DiskBytes = 1L << 30;
        var flushed = new List<int>();
        for (var round = 0; round < 4; round++)
        {
            var first = 1_000 * round;
            var last = await KilledProcess.RunAsync(
                first + 20, "cache", _directory["cache"], "beside", first.ToString(CultureInfo.InvariantCulture));
            flushed.AddRange(Enumerable.Range(first, last - first + 1));
        }

        await using var cache = await FasterChunkCache.OpenAsync(options, NullLogger<FasterChunkCache>.Instance);
        foreach (var file in flushed)
            Assert.Equal((file, 5), (file, await CountRightAsync(cache, file)));
    }

    /// <summary>A put that spins, and a checkpoint that needs a thread of the pool, would wait for each other.</summary>
    [Fact]
    public async Task Cache_EveryThreadPutsBesideCheckpoints_GoesOn()
    {
        await KilledProcess.RunAsync(30, "cache", _directory["cache"], "crowded");

        await using var cache = await OpenAsync();
        Assert.InRange(cache.Usage.HeldBytes, 1, cache.Usage.LimitBytes);
    }

    /// <summary>
    /// Killed just before the checkpoint of an interval is taken, when most is at stake: with a host's options no chunk
    /// is lost that was put more than 5 s before.
    /// </summary>
    [Theory]
    [Trait("Length", "long")]
    [InlineData(8_900)]
    [InlineData(11_900)]
    [InlineData(14_500)]
    public async Task Cache_KilledAtTwoHundredPutsASecond_LosesFiveSecondsAtMost(int milliseconds)
    {
        var puts = await KilledProcess.LinesAsync(milliseconds, "cache", _directory["cache"], "paced");

        await using var cache = await FasterChunkCache.OpenAsync(
            new ChunkCacheOptions { Directory = _directory["cache"] }, NullLogger<FasterChunkCache>.Instance);
        var lost = new List<int>();
        for (var put = 0; put < puts.Count; put++)
        {
            if (await cache.ReadAsync(TestChunks.Id(1, (uint)put), _buffer) == 0)
                lost.Add(put);
        }

        var oldest = lost.Count == 0 ? 0 : puts[^1] - puts[lost[0]];
        output.WriteLine($"{puts.Count} puts in {puts[^1]} ms: {lost.Count} lost, the oldest put {oldest} ms before");
        Assert.InRange(oldest, 0, 5_000);
    }

    [Fact]
    public async Task Cache_KilledWhileMakingRoom_IsBoundedAndNothingWrong()
    {
        var put = await KilledProcess.RunAsync(120, "cache", _directory["cache"], "none");

        await using var cache = await OpenAsync();
        var held = 0;
        for (var file = 0; file <= put + 1; file++)
            held += await CountRightAsync(cache, file);

        Assert.True(held > 1_000);
        var files = new DirectoryInfo(_directory["cache"]).GetFiles("*", SearchOption.AllDirectories);
        var bytes = files.Sum(file => file.Length);
        Assert.InRange(bytes, 32L << 20, 98L << 20);
    }

    [Fact]
    public async Task Vault_Killed_HoldsEveryCommittedFile()
    {
        var committed = await KilledProcess.RunAsync(12, "vault", _directory["vault"]);

        var options = new VaultOptions { Directory = _directory["vault"] };
        using var vault = new FileVault(options, NullLogger<FileVault>.Instance);
        Assert.Empty(Directory.GetFiles(Path.Combine(_directory["vault"], "incoming")));
        for (var seed = 0; seed <= committed; seed++)
        {
            var file = TestFile.Create(seed, CrashChild.VaultFileLength);
            for (uint index = 0; index < file.Manifest.ChunkCount; index++)
            {
                var request = new ChunkRequest(file.Id, index, 1, RequestPriority.Playing, Instant.Never);
                var read = await vault.ReadAsync(request, _buffer);
                Assert.Equal(ChunkReadStatus.Found, read.Status);
                Assert.True(file.Bytes(index).Span.SequenceEqual(_buffer.AsSpan(0, read.Length)));
            }
        }
    }

    private Task<FasterChunkCache> OpenAsync() => FasterChunkCache.OpenAsync(
        CrashChild.CacheOptions(_directory["cache"]), NullLogger<FasterChunkCache>.Instance);

    private async Task<int> CountRightAsync(FasterChunkCache cache, int file)
    {
        var right = 0;
        for (uint index = 0; index < 100; index++)
        {
            var length = await cache.ReadAsync(TestChunks.Id(file, index), _buffer);
            Assert.True(length == 0 || TestChunks.Matches(TestChunks.Id(file, index), _buffer.AsSpan(0, length)));
            right += length > 0 ? 1 : 0;
        }

        return right;
    }
}
