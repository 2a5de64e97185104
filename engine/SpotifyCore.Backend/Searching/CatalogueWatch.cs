using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Searching;

/// <summary>Has the search follow what other access points change in the database that they share.</summary>
internal sealed class CatalogueWatch(
    ServiceDatabase database, CatalogueIndex index, TimeProvider time, ILogger<CatalogueWatch> logger) : BackgroundService
{
    // Always within a second, and not all access points at one moment.
    private readonly Backoff _retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), jitter: 0.5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await WatchAsync(stoppingToken))
            await Task.Delay(_retries.Next(Random.Shared.NextDouble()), time, stoppingToken);
    }

    private async Task<bool> WatchAsync(CancellationToken stoppingToken)
    {
        try
        {
            await database.WatchAsync(index.Follow, stoppingToken);
            return true;
        }
        catch (Exception lost) when (lost is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // Whatever it is: the search would follow nothing any more, and the host would end.
            logger.ChangesUnheard(lost.Message);
            return false;
        }
    }
}
