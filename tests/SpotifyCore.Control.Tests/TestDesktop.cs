using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyCore.Client;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests;

/// <summary>A desktop daemon in this process, composed as its host composes it.</summary>
internal sealed class TestDesktop : IAsyncDisposable
{
    private readonly IHost _host;

    private TestDesktop(IHost host, string socket) => (_host, Socket) = (host, socket);

    public string Socket { get; }

    public static async Task<TestDesktop> StartAsync(
        TestNetwork network, string name, string output = "null", string? accessPoint = null)
    {
        var socket = Path.Combine(network.Folder(name), "run", "desktop.sock");
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.Configure<SpotifyClientOptions>(options =>
        {
            options.AccessPoint = accessPoint ?? network.Url;
            options.DataDirectory = network.Folder(name);
            options.Output = output;
            options.ListenAddress = "127.0.0.1";
            options.ListenPort = 0;
            options.CacheBytes = 256L << 20;
        });
        builder.Services.Configure<ControlOptions>(options => options.Socket = socket);
        builder.Services.AddSpotifyClient().AddControlApi();
        var host = builder.Build();
        await host.StartAsync();
        return new TestDesktop(host, socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
