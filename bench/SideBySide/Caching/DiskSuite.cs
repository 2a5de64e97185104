using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Micro.Storage;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.SideBySide.Caching;

/// <summary>
/// What the chunk cache does on disk, beside a plain file: reads at random of chunks that are not in its memory but in
/// the page cache, and puts of new chunks into a full cache, which makes room all the time and syncs what it keeps;
/// that beside a file that is never synced, and one that is as often as the cache is.
/// </summary>
internal sealed class DiskSuite : ISuite
{
    private const string Hit = "disk-hit";
    private const string Insert = "insert";
    private const int HeldChunks = (128 << 20) / Manifest.ChunkSize;
    private const int FullChunks = (256 << 20) / Manifest.ChunkSize;
    private const int BetweenLooks = 64;

    // What a full cache of this size lets go of at once, and with it its checkpoints: four segments.
    private const int SyncedChunks = (16 << 20) / Manifest.ChunkSize;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [Hit, Insert];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        if (session.Wants(Hit))
            await CompareHitsAsync(session, cancellationToken);
        if (session.Wants(Insert))
            await CompareInsertsAsync(session, cancellationToken);
    }

    private static async Task CompareHitsAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(session.Plan.PathOf(Hit)).FullName;
        using var file = File.OpenHandle(Path.Combine(directory, "file"), FileMode.Create, FileAccess.ReadWrite);
        await using var cache = Open(directory, diskBytes: 512L << 20);
        for (var i = 0; i < HeldChunks; i++)
        {
            await cache.PutAsync(Chunks.Id(i), Chunks.Payload, cancellationToken);
            RandomAccess.Write(file, Chunks.Payload, PlaceOf(i));
        }

        await cache.FlushAsync(cancellationToken);
        var (ours, theirs) = (new ReadOrder(HeldChunks, 0, 1), new ReadOrder(HeldChunks, 0, 1));
        await session.CompareAsync(
            new Trial(new Measure(Hit, "chunks/s"))
            {
                Ours = new Subject("chunk cache", _ => RateAsync(
                    session.Plan.Slice,
                    async () => await cache.ReadAsync(Chunks.Id(ours.Next()), ours.Destination, cancellationToken)))
                {
                    Process = Environment.ProcessId,
                },
                References =
                    [PlainFile(session, () => RandomAccess.Read(file, theirs.Destination, PlaceOf(theirs.Next())))],
            },
            cancellationToken);
    }

    private static async Task CompareInsertsAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(session.Plan.PathOf(Insert)).FullName;
        using var file = File.OpenHandle(Path.Combine(directory, "file"), FileMode.Create, FileAccess.ReadWrite);
        await using var cache = Open(directory, PlaceOf(FullChunks));
        var (put, written) = (0, 0);
        for (; put < 2 * FullChunks; put++)
        {
            await cache.PutAsync(Chunks.Id(put), Chunks.Payload, cancellationToken);
            RandomAccess.Write(file, Chunks.Payload, PlaceOf(put % FullChunks));
        }

        await session.CompareAsync(
            new Trial(new Measure(Insert, "chunks/s"))
            {
                Ours = new Subject("chunk cache", _ => RateAsync(
                    session.Plan.Slice, () => cache.PutAsync(Chunks.Id(put++), Chunks.Payload, cancellationToken)))
                {
                    Process = Environment.ProcessId,
                },
                References =
                [
                    PlainFile(session, () =>
                        RandomAccess.Write(file, Chunks.Payload, PlaceOf(written++ % FullChunks))),
                    SyncedFile(session, () =>
                    {
                        RandomAccess.Write(file, Chunks.Payload, PlaceOf(written++ % FullChunks));
                        if (written % SyncedChunks == 0)
                            RandomAccess.FlushToDisk(file);
                    }),
                ],
            },
            cancellationToken);
    }

    private static long PlaceOf(int chunk) => (long)chunk * Manifest.ChunkSize;

    private static Subject PlainFile(MeasuringSession session, Action work) =>
        OnFile(References.PlainFile, session, work);

    private static Subject SyncedFile(MeasuringSession session, Action work) =>
        OnFile(References.SyncedFile, session, work);

    private static Subject OnFile(string name, MeasuringSession session, Action work) =>
        new(name, _ => RateAsync(session.Plan.Slice, () =>
        {
            work();
            return ValueTask.CompletedTask;
        }))
        {
            Process = Environment.ProcessId,
        };

    private static FasterChunkCache Open(string directory, long diskBytes) => FasterChunkCache.Open(
        new ChunkCacheOptions
        {
            Directory = Path.Combine(directory, "cache"), DiskBytes = diskBytes, MemoryBytes = 16L << 20,
        },
        NullLogger<FasterChunkCache>.Instance);

    private static async Task<double[]> RateAsync(TimeSpan slice, Func<ValueTask> work)
    {
        var began = Stopwatch.GetTimestamp();
        for (long done = 0; ; done += BetweenLooks)
        {
            var taken = Stopwatch.GetElapsedTime(began);
            if (taken >= slice)
                return [done / taken.TotalSeconds];

            for (var i = 0; i < BetweenLooks; i++)
                await work();
        }
    }
}
