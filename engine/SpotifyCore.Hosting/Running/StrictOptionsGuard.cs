using Microsoft.Extensions.Hosting;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Hosting.Running;

/// <summary>Keeps a host with a wrong option from starting; it runs before any service starts.</summary>
internal sealed class StrictOptionsGuard(StrictOptions options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        options.Check();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
