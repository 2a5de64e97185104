using System.Diagnostics;

namespace SpotifyCore.SideBySide.Caching;

/// <summary>Reads by some threads at once.</summary>
internal static class ParallelReads
{
    private const int BetweenLooks = 64;

    /// <summary>Has each reader read on a thread of its own for a while; gives the reads a second of all.</summary>
    public static async Task<double> RunAsync(IReadOnlyList<Action> readers, TimeSpan slice)
    {
        using var start = new Barrier(readers.Count);
        var threads = readers.Select(read => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return RateOf(read, slice);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        return (await Task.WhenAll(threads)).Sum();
    }

    private static double RateOf(Action read, TimeSpan slice)
    {
        var began = Stopwatch.GetTimestamp();
        for (long reads = 0; ; reads += BetweenLooks)
        {
            var taken = Stopwatch.GetElapsedTime(began);
            if (taken >= slice)
                return reads / taken.TotalSeconds;

            for (var i = 0; i < BetweenLooks; i++)
                read();
        }
    }
}
