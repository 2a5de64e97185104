using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Logging;

namespace SpotifyCore.Backend.Discarding;

/// <summary>Looks once an hour for sounds that nothing shows any more.</summary>
internal sealed class DiscardSweep(DiscardStore discards, TimeProvider time, ILogger<DiscardSweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                var count = await Task.Run(discards.Sweep, stoppingToken);
                if (count > 0)
                    logger.FilesLetGo(count);
            }
            catch (DbException failure)
            {
                logger.SweepFailed(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
