using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Client;

namespace SpotifyCore.Control;

/// <summary>Starts a client with its host and stops it with it.</summary>
internal sealed class ClientHost(IOptions<SpotifyClientOptions> options, TimeProvider time, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    private SpotifyClient? _client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public SpotifyClient Client => _client ?? throw new InvalidOperationException("The client has not started.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        _client = await SpotifyClient.StartAsync(options.Value, time, logs, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
            await client.DisposeAsync();
    }
}
