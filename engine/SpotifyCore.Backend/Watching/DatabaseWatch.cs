using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Watching;

/// <summary>Hears of what other access points do in the database that they share; again, where the connection is lost.</summary>
internal abstract class DatabaseWatch(TimeProvider time, ILogger logger) : BackgroundService
{
    // Always within a second, and not all access points at one moment.
    private readonly Backoff _retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), jitter: 0.5);

    /// <summary>Hears of it until the connection is lost; returns where there is nothing to hear.</summary>
    protected abstract Task WatchAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryWatchAsync(stoppingToken))
            await Task.Delay(_retries.Next(Random.Shared.NextDouble()), time, stoppingToken);
    }

    private async Task<bool> TryWatchAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
            return true;
        }
        catch (Exception lost) when (lost is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // Whatever it is: nothing would be followed any more, and the host would end.
            logger.ChangesUnheard(lost.Message);
            return false;
        }
    }
}
