using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Tests.Cache;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Storage.Tests.Crash;

/// <summary>The power goes while a cache is written, at every moment there is.</summary>
public sealed class CachePowerLossTests
{
    private const int Chunks = 40;

    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];

    /// <summary>Three flushes, the last into a segment that the one before made.</summary>
    [Fact]
    public Task Flush_PowerLost_HoldsWhatWasFlushedAndNothingWrong() => RunAsync(static async scenario =>
    {
        await using var cache = await OpenAsync(Path.Combine(scenario.Root, "cache"));
        for (var file = 0; file < 3; file++)
        {
            await PutAsync(cache, file);
            await cache.FlushAsync();
            scenario.Acknowledge(file.ToString(CultureInfo.InvariantCulture));
        }
    });

    [Fact]
    public Task Dispose_PowerLostThen_HoldsEverything() => RunAsync(static async scenario =>
    {
        await using (var cache = await OpenAsync(Path.Combine(scenario.Root, "cache")))
            await PutAsync(cache, 0);

        scenario.Acknowledge("0");
    });

    /// <summary>
    /// What is read stays when room is made: it moves to the end, and must be there before its place goes.
    /// </summary>
    [Fact]
    public Task MakingRoom_PowerLost_KeepsWhatWasReadAndNothingWrong() => RunAsync(static async scenario =>
    {
        await using var cache = await OpenAsync(Path.Combine(scenario.Root, "cache"));
        await PutAsync(cache, 0);
        await cache.FlushAsync();
        scenario.Acknowledge("0");
        var buffer = new byte[Manifest.ChunkSize];
        for (var file = 1; file < 30; file++)
        {
            await PutAsync(cache, file);
            for (uint index = 0; index < Chunks; index++)
                Assert.NotEqual(0, await cache.ReadAsync(TestChunks.Id(0, index), buffer));
        }

        // Room was made: the first that nobody read is gone.
        Assert.Equal(0, await cache.ReadAsync(TestChunks.Id(1, 0), buffer));
    });

    private static async Task PutAsync(FasterChunkCache cache, int file)
    {
        for (uint index = 0; index < Chunks; index++)
            await cache.PutAsync(TestChunks.Id(file, index), TestChunks.Bytes(TestChunks.Id(file, index)));
    }

    // The smallest there can be: the options' own limits are a host's. No interval ends.
    private static Task<FasterChunkCache> OpenAsync(string directory, long diskBytes = 12L << 20)
    {
        var options = new ChunkCacheOptions
        {
            Directory = directory, DiskBytes = diskBytes, MemoryBytes = 9L << 20, CheckpointBytes = 12L << 20,
        };
        return FasterChunkCache.OpenAsync(options, NullLogger<FasterChunkCache>.Instance, new ManualTimeProvider());
    }

    private async Task RunAsync(Func<PowerLossScenario, Task> scenario)
    {
        using var loss = await PowerLoss.RunAsync(scenario);
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);

            // With so much more room that it would be laid out otherwise, had it not been written how it is.
            await using var cache = await OpenAsync(directory["cache"], diskBytes: 256L << 20);
            for (var file = 0; file < 3; file++)
                await CheckAsync(cache, file, cut);
        }
    }

    private async Task CheckAsync(FasterChunkCache cache, int file, PowerCut cut)
    {
        var isAcknowledged = cut.Acknowledged.Contains(file.ToString(CultureInfo.InvariantCulture));
        for (uint index = 0; index < Chunks; index++)
        {
            var chunk = TestChunks.Id(file, index);
            var length = await cache.ReadAsync(chunk, _buffer);
            Assert.True(length > 0 || !isAcknowledged, $"{cut}: chunk {index} of file {file} is lost");
            Assert.True(
                length == 0 || TestChunks.Matches(chunk, _buffer.AsSpan(0, length)), $"{cut}: wrong bytes of {chunk}");
        }
    }
}
