using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>An access point in this process, with all that it does by itself.</summary>
internal sealed class TestAccessPoint : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly GrpcServer _server;

    private TestAccessPoint(ServiceProvider services, GrpcServer server) => (_services, _server) = (services, server);

    public IServiceProvider Services => _services;

    public static async Task<TestAccessPoint> StartAsync(string url, ILoggerProvider logs, Action<BackendOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(logs));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PasswordHasher(rounds: 1_000));
        services.AddBackend();
        services.Configure(configure);
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);

        return new TestAccessPoint(provider, await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = url }, provider.GetServices<ServedService>()));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);

        await _services.DisposeAsync();
    }
}
