using System.Diagnostics;

namespace SpotifyCore.Micro.Sessions;

/// <summary>How long calls took, and how many of them failed.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];
    private int _failed;

    /// <summary>How many succeeded.</summary>
    public int Count => _milliseconds.Count;

    /// <summary>
    /// Makes so many calls a second, whatever becomes of those before. A call's time counts from when it was due, so that
    /// what holds up the next ones is seen.
    /// </summary>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="span">For how long.</param>
    /// <param name="call">Makes the call of a number, from 0.</param>
    public static async Task<Latencies> AtRateAsync(int perSecond, TimeSpan span, Func<int, Task> call)
    {
        var latencies = new Latencies();
        var made = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        var calls = (int)(perSecond * span.TotalSeconds);
        for (var i = 0; i < calls; i++)
        {
            var due = began + (long)(i * (double)Stopwatch.Frequency / perSecond);
            while (Stopwatch.GetTimestamp() < due)
                await Task.Delay(1);

            made.Add(latencies.TimeAsync(due, call(i)));
        }

        await Task.WhenAll(made);
        return latencies;
    }

    /// <summary>Makes calls one after the other, so many at a time, and times each from its own beginning.</summary>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="span">For how long.</param>
    /// <param name="call">Makes the call of a number, from 0.</param>
    public static async Task<Latencies> AtOnceAsync(int atOnce, TimeSpan span, Func<int, Task> call)
    {
        var latencies = new Latencies();
        var (next, began) = (-1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            await Task.Yield();
            while (Stopwatch.GetElapsedTime(began) < span)
                await latencies.TimeAsync(Stopwatch.GetTimestamp(), call(Interlocked.Increment(ref next)));
        }));
        return latencies;
    }

    /// <summary>Counts, p50, p99 and the longest.</summary>
    public override string ToString()
    {
        var ordered = _milliseconds.Order().ToArray();
        double Of(double share) => ordered.Length == 0 ? double.NaN : ordered[(int)(share * (ordered.Length - 1))];
        return $"{ordered.Length} calls, {_failed} failed, p50 {Of(0.5):F2} p99 {Of(0.99):F2} max {Of(1):F0} ms";
    }

    private async Task TimeAsync(long since, Task call)
    {
        try
        {
            await call;
        }
        catch (Exception failure) when (failure is Grpc.Core.RpcException or IOException)
        {
            Interlocked.Increment(ref _failed);
            return;
        }

        var taken = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        lock (_gate)
            _milliseconds.Add(taken);
    }
}
