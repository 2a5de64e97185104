using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Rpc.Server;

/// <summary>
/// Serves <see cref="RpcService"/>s on Kestrel's HTTP/2. As a hosted service it starts and stops with its host.
/// Stopping takes no new calls, calls streams off, and lets single replies finish while the stop's token allows.
/// </summary>
public sealed class RpcServer(
    IOptions<RpcServerOptions> options, IEnumerable<RpcService> services, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private readonly RpcServerOptions _options = options.Value;
    private readonly RpcService[] _services = [.. services];
    private readonly TimeProvider _time = time;
    private readonly ILoggerFactory _loggers = loggers;

    /// <summary>The addresses that it listens on, with their true ports, in the form that a channel takes.</summary>
    public IReadOnlyList<string> Addresses => throw new NotSupportedException();

    /// <summary>A server outside a host, already listening.</summary>
    public static Task<RpcServer> StartAsync(
        RpcServerOptions options, params IEnumerable<RpcService> services) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Stops without waiting for calls to finish.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
