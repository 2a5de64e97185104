using SpotifyCore.Content.Time;

namespace SpotifyCore.Content.Tests.Time;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_Bounds_DoubleUpToTheLongest()
    {
        double[] bounds = [1, 2, 4, 8, 16, 30, 30];
        var longest = new double[bounds.Length];
        for (var seed = 0; seed < 1_000; seed++)
        {
            var backoff = new Backoff(First, Longest, new Random(seed));
            for (var i = 0; i < bounds.Length; i++)
                longest[i] = Math.Max(longest[i], backoff.Next().TotalSeconds);
        }

        for (var i = 0; i < bounds.Length; i++)
            Assert.InRange(longest[i], 0.95 * bounds[i], bounds[i]);
    }

    [Fact]
    public void Next_ManyClients_ComeBackSpreadOutAndSomeAtOnce()
    {
        var pauses = Enumerable.Range(0, 1_000)
            .Select(seed => new Backoff(First, Longest, new Random(seed)).Next().TotalMilliseconds)
            .ToList();

        var byTenth = pauses.GroupBy(static pause => (int)(pause / 100)).Select(static tenth => tenth.Count()).ToList();
        Assert.Equal(10, byTenth.Count);
        Assert.All(byTenth, static clients => Assert.InRange(clients, 50, 150));
        Assert.Contains(pauses, static pause => pause < 5);
    }

    [Fact]
    public void Reset_AfterLongPauses_BeginsAnew()
    {
        var backoff = new Backoff(First, Longest, new Random(1));
        for (var i = 0; i < 10; i++)
            backoff.Next();

        backoff.Reset();

        Assert.InRange(backoff.Next(), TimeSpan.Zero, First);
    }
}
