using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyCore.Rpc.Calls;
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
    private readonly RpcDispatcher _dispatcher = new(
        services, options.Value.MaxMessageBytes, time, loggers.CreateLogger<RpcServer>());

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<UnixSocketFile> _sockets = [];
    private KestrelServer? _kestrel;

    /// <summary>The addresses that it listens on, with their true ports, in the form that a channel takes.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>A server outside a host, already listening.</summary>
    public static async Task<RpcServer> StartAsync(
        RpcServerOptions options, params IEnumerable<RpcService> services)
    {
        var server = new RpcServer(
            Options.Create(options), services, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var addresses = RpcListener.Addresses(_options);
            foreach (var address in addresses.Where(address => address.Kind == RpcAddressKind.Unix))
                _sockets.Add(UnixSocketFile.Claim(address.Host));

            _kestrel = new KestrelServer(
                Options.Create(RpcListener.Configure(_options, addresses, loggers)),
                new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers),
                loggers);
            await _kestrel.StartAsync(new RpcApplication(_dispatcher, _stopping.Token), cancellationToken);
            foreach (var socket in _sockets)
                socket.Restrict();

            Addresses = RpcListener.Bound(addresses, _kestrel.Features.Get<IServerAddressesFeature>());
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_kestrel is { } kestrel)
            await kestrel.StopAsync(cancellationToken);
    }

    /// <summary>Stops without waiting for calls to finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _kestrel?.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();

        _sockets.Clear();
    }
}
