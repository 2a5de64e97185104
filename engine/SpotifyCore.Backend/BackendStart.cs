using Microsoft.Extensions.Hosting;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tickets;

namespace SpotifyCore.Backend;

/// <summary>
/// Keeps a host from starting whose database is damaged or whose service secret or signing key is not the database's,
/// and has the search follow the catalogue. Made before anything listens.
/// </summary>
internal sealed class BackendStart(ContentKeys keys, TicketAuthority tickets, CatalogueIndex index)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(tickets);
        ArgumentNullException.ThrowIfNull(index);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
