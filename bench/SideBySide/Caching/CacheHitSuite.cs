using SpotifyCore.Micro;
using SpotifyCore.Micro.Storage;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Caching;

/// <summary>
/// Hits in the chunk cache's memory, chunks at random out of 1 GiB (256 MiB when it is to be quick), by one and by two
/// threads; beside memcpy out of memory, FASTER itself, and a file in the page cache.
/// </summary>
internal sealed class CacheHitSuite : ISuite
{
    private static readonly int[] Threads = [1, 2];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. Threads.Select(NameOf)];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var directory = session.Plan.PathOf("cache-hit");
        await using var subjects = await CacheHitSubjects.OpenAsync(directory, session.Plan.IsQuick ? 16_384 : 65_536);
        foreach (var threads in Threads)
        {
            Subject By(string name, Func<ReadOrder, Action> readerOf) => new(name, async _ =>
            {
                var readers = Enumerable.Range(0, threads)
                    .Select(i => readerOf(new ReadOrder(subjects.Count, i, threads))).ToArray();
                return [await ParallelReads.RunAsync(readers, session.Plan.Slice)];
            })
            {
                Process = Environment.ProcessId,
            };

            await session.CompareAsync(
                new Trial(new Measure(NameOf(threads), "chunks/s"))
                {
                    Ours = By("chunk cache", subjects.CacheReader),
                    References =
                    [
                        By(References.Memcpy, subjects.MemcpyReader),
                        By(References.Faster, subjects.FasterReader),
                        By(References.PageCachedFile, subjects.FileReader),
                    ],
                },
                cancellationToken);
        }
    }

    private static string NameOf(int threads) => $"cache-hit-{threads}";
}
