namespace SpotifyCore.Import.Masters;

/// <summary>Tries again, after growing waits, what failed for a reason that may pass.</summary>
internal sealed class Patience(TimeProvider time)
{
    private const int Tries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs <paramref name="attempt"/> until it does not throw what <paramref name="mayPass"/> accepts; the last
    /// failure is thrown.
    /// </summary>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> attempt, Func<Exception, bool> mayPass, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failed) when (tried < Tries && mayPass(failed))
            {
                await Task.Delay(wait, time, cancellationToken);
                wait *= 2;
            }
        }
    }
}
