using System.Diagnostics;
using SpotifyCore.Micro.Storage;

namespace SpotifyCore.Micro.Rates;

/// <summary>
/// Compares a cache hit with its references on a machine that is busy with other things: short slices of each in
/// turn,
/// and of each the best tenth counts.
/// </summary>
internal static class CacheRates
{
    private const int Rounds = 300;
    private const int SliceReads = 500;

    public static int Run()
    {
        var subject = new CacheHitBenchmarks();
        subject.Setup();
        try
        {
            var faster = new List<double>();
            var onDisk = new List<double>();
            var inMemory = new List<double>();
            var file = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                faster.Add(Slice(subject.Faster));
                onDisk.Add(Slice(subject.ChunkCacheOnDisk));
                inMemory.Add(Slice(subject.ChunkCacheInMemory));
                file.Add(Slice(subject.PageCachedFile));
            }

            Console.WriteLine("a 16 KiB chunk at random in 256 MiB, one thread; the best tenth of 300 slices in turn");
            var (reference, cached) = (RateOf(faster), RateOf(file));
            Print("FASTER itself", reference, reference, cached);
            Print("chunk cache on FASTER", RateOf(onDisk), reference, cached);
            Print("chunk cache in memory", RateOf(inMemory), reference, cached);
            Print("page-cached file", cached, reference, cached);
            return 0;
        }
        finally
        {
            subject.Cleanup();
        }
    }

    private static double Slice(Func<int> read)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < SliceReads; i++)
            read();

        return SliceReads / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double RateOf(List<double> slices) => slices.OrderDescending().Take(Rounds / 10).Average();

    private static void Print(string name, double rate, double faster, double file) => Console.WriteLine(
        $"{name,-24} {rate / 1000,7:F0} thousand/s {rate / faster,7:F2} of FASTER {rate / file,7:F2} of the file");
}
