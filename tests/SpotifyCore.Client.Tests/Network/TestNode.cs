using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyCore.Content.Identity;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;
using SpotifyCore.Protocol.Serving;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A storage or master node in this process, composed as its host composes it.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly string _data;
    private readonly bool _isMaster;
    private IHost? _host;

    public TestNode(string data, bool isMaster)
    {
        (_data, _isMaster) = (data, isMaster);
        using var identity = NodeIdentityFile.Open(data);
        Address = new NodeAddress(identity.Id, "127.0.0.1", FreePort.Take());
    }

    public NodeAddress Address { get; }

    public ChunkServerUsage Usage => _host!.Services.GetRequiredService<ChunkServer>().Usage;

    public async Task StartAsync(params string[] options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var strict = builder.UseStrictOptions(
            new HostProgram("test-node", ""), ["--data-directory", _data, "--listen", $"127.0.0.1:{Address.Port}", .. options]);
        builder.AddNode(strict);
        _ = _isMaster
            ? builder.AddNodeVault(strict).AddMasterTiers()
            : builder.AddNodeCache(strict).AddStorageTiers(strict);
        builder.AddPeerListener(strict);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;

        _host = null;
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
