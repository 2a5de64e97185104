using Microsoft.Extensions.Hosting;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Keys;

namespace SpotifyCore.Backend;

/// <summary>
/// Keeps a host from starting whose database is damaged or whose service secret is not the database's. Made before
/// anything listens.
/// </summary>
internal sealed class BackendStart(ServiceDatabase database, ContentKeys keys) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        database.ThrowIfDamaged();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
