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
            var (backoff, chance) = (new Backoff(First, Longest, jitter: 1), new Random(seed));
            for (var i = 0; i < bounds.Length; i++)
                longest[i] = Math.Max(longest[i], backoff.Next(chance.NextDouble()).TotalSeconds);
        }

        for (var i = 0; i < bounds.Length; i++)
            Assert.InRange(longest[i], 0.95 * bounds[i], bounds[i]);
    }

    [Fact]
    public void Next_ManyClients_ComeBackSpreadOutAndSomeAtOnce()
    {
        var pauses = Enumerable.Range(0, 1_000)
            .Select(seed => new Backoff(First, Longest, jitter: 1).Next(new Random(seed).NextDouble()).TotalMilliseconds)
            .ToList();

        var byTenth = pauses.GroupBy(static pause => (int)(pause / 100)).Select(static tenth => tenth.Count()).ToList();
        Assert.Equal(10, byTenth.Count);
        Assert.All(byTenth, static clients => Assert.InRange(clients, 50, 150));
        Assert.Contains(pauses, static pause => pause < 5);
    }

    [Theory]
    [InlineData(0.5, 0, 0.5)]
    [InlineData(0.5, 0.5, 0.75)]
    [InlineData(0, 0.9, 1)]
    public void Next_LessJitter_KeepsThatMuchOfTheBound(double jitter, double chance, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), new Backoff(First, Longest, jitter).Next(chance));

    /// <summary>Doubling ends at the longest however often it is asked for, and never wraps.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(62, 30)]
    [InlineData(63, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Bound_ManyFailures_IsTheLongest(int failures, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), Backoff.Bound(First, Longest, failures));

    [Fact]
    public void Reset_AfterLongPauses_BeginsAnew()
    {
        var backoff = new Backoff(First, Longest, jitter: 1);
        for (var i = 0; i < 10; i++)
            backoff.Next(0.5);

        backoff.Reset();

        Assert.Equal(First * 0.75, backoff.Next(0.75));
    }
}
