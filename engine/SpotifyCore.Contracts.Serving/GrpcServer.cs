using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// Serves contracts on Kestrel's HTTP/2. As a hosted service it starts and stops with its host. Stopping takes no new
/// calls, calls streams off, and lets single replies finish while the stop's token allows.
/// </summary>
public sealed class GrpcServer(
    IOptions<GrpcServerOptions> options, IEnumerable<ServedService> services, TimeProvider time,
    ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private readonly GrpcServerOptions _options = options.Value;
    private readonly ServedService[] _services = [.. services];
    private readonly ConnectionLimits _limits = new(options.Value, time);
    private readonly ServerStop _stop = new();
    private readonly List<UnixSocketFile> _sockets = [];
    private WebApplication? _web;

    /// <summary>The addresses that it listens on, with their true ports, in the form that a channel takes.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>
    /// The strangers' connections that wait until they are served: none on a server that is not crowded. For any thread.
    /// </summary>
    public int WaitingConnections => _limits.WaitingCount;

    /// <summary>A server outside a host, already listening.</summary>
    public static async Task<GrpcServer> StartAsync(
        GrpcServerOptions options, params IEnumerable<ServedService> services)
    {
        var server = new GrpcServer(
            Options.Create(options), services, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var addresses = GrpcListener.Addresses(_options);
            foreach (var address in addresses.Where(address => address.Kind == EndpointKind.Unix))
                _sockets.Add(UnixSocketFile.Claim(address.Host));

            _web = BuildWeb(addresses);
            await _web.StartAsync(cancellationToken);
            foreach (var socket in _sockets)
                socket.Restrict();

            var kestrel = _web.Services.GetRequiredService<IServer>();
            Addresses = GrpcListener.Bound(addresses, kestrel.Features.Get<IServerAddressesFeature>());
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
        await _stop.AskAsync();
        if (_web is { } web)
            await web.StopAsync(cancellationToken);
    }

    /// <summary>Stops without waiting for calls to finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        if (_web is { } web)
            await web.DisposeAsync();

        _web = null;
        _limits.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();

        _sockets.Clear();
    }

    private WebApplication BuildWeb(EndpointAddress[] addresses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers).AddSingleton(_stop).AddSingleton(_limits).AddSingleton(_options)
            .AddSingleton(time).AddGrpc(SetLimits);

        // A compressed message is held to no limit once it is unpacked; the defaults are put in late.
        builder.Services.PostConfigure<GrpcServiceOptions>(static grpc => grpc.CompressionProviders.Clear());
        builder.WebHost
            .UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => GrpcListener.Configure(kestrel, _options, addresses, _limits));
        builder.Services.Configure<SocketTransportOptions>(GrpcListener.Configure);
        foreach (var service in _services)
            service.Register(builder.Services);

        var web = builder.Build();
        web.UseMiddleware<CallAdmission>();
        foreach (var service in _services)
            service.Map(web);

        return web;
    }

    private void SetLimits(GrpcServiceOptions grpc)
    {
        grpc.MaxReceiveMessageSize = _options.MaxMessageBytes;
        grpc.MaxSendMessageSize = _options.MaxMessageBytes;
        grpc.Interceptors.Add<HandlerOutcome>();
    }
}
