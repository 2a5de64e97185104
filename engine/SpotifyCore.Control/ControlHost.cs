using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Control;

/// <summary>Serves the control API once the client has started.</summary>
internal sealed class ControlHost(
    ClientHost client, IOptions<ControlOptions> options, TimeProvider time, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    private GrpcServer? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = $"unix:{Path.GetFullPath(options.Value.Socket)}";
        var listen = Options.Create(new GrpcServerOptions { Address = address });
        var desktop = ServedService.Create(new DesktopService(client.Client), Desktop.BindService, new OpenGate());
        _server = new GrpcServer(listen, [desktop], time, logs);
        await _server.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
