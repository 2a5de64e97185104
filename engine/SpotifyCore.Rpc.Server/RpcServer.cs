using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
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
    private WebApplication? _web;

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

            _web = BuildWeb(addresses);
            var kestrel = _web.Services.GetRequiredService<IServer>();
            await kestrel.StartAsync(new RpcApplication(_dispatcher, _stopping.Token), cancellationToken);
            foreach (var socket in _sockets)
                socket.Restrict();

            Addresses = RpcListener.Bound(addresses, kestrel.Features.Get<IServerAddressesFeature>());
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
        if (_web is { } web)
            await web.Services.GetRequiredService<IServer>().StopAsync(cancellationToken);
    }

    /// <summary>Stops without waiting for calls to finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        if (_web is { } web)
            await web.DisposeAsync();

        _web = null;
        foreach (var socket in _sockets)
            socket.Dispose();

        _sockets.Clear();
    }

    // Kestrel's parts come from a web application that is never run: no pipeline stands before the calls.
    private WebApplication BuildWeb(RpcAddress[] addresses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost
            .UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => RpcListener.Configure(kestrel, _options, addresses));
        return builder.Build();
    }
}
