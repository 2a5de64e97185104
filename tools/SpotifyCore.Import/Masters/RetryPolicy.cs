using SpotifyCore.Content.Time;

namespace SpotifyCore.Import.Masters;

/// <summary>Tries again, after growing waits, what failed for a reason that may pass.</summary>
internal sealed class RetryPolicy(TimeProvider time)
{
    private const int Tries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Runs <paramref name="attempt"/> until it does not throw what <paramref name="mayPass"/> accepts; the last
    /// failure is thrown.
    /// </summary>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> attempt, Func<Exception, bool> mayPass, CancellationToken cancellationToken)
    {
        // Most of each wait is sure: what restarts meanwhile has some five seconds in all.
        var backoff = new Backoff(FirstWait, LongestWait, jitter: 0.25);
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failed) when (tried < Tries && mayPass(failed))
            {
                await Task.Delay(backoff.Next(Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }
}
