using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyCore.Content.Identity;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>A master node in this process, on loopback, as its host composes it.</summary>
internal sealed class TestMaster : IAsyncDisposable
{
    private readonly string _data;
    private readonly TimeProvider _time;
    private IHost? _host;

    public TestMaster(string data, TimeProvider time)
    {
        (_data, _time) = (data, time);
        using var identity = NodeIdentityFile.Open(data);
        Address = new NodeAddress(identity.Id, "127.0.0.1", FreePort.Take());
    }

    public NodeAddress Address { get; }

    /// <summary>The files in its vault.</summary>
    public int Files => Paths.Length;

    private string[] Paths => Directory.GetFiles(Path.Combine(_data, "vault"), "*.scv", SearchOption.AllDirectories);

    public async Task StartAsync(string accessPoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = builder.UseStrictOptions(
            new HostProgram("test-master", ""),
            [
                "--data-directory", _data, "--listen", $"127.0.0.1:{Address.Port}", "--access-point", accessPoint,
                "--discard:every", "250ms",
            ]);
        builder.Services.AddSingleton(_time);
        builder.AddNode(options);
        builder.Services.AddFileVault(vault => vault.Directory = Path.Combine(_data, "vault"));
        builder.AddMasterTiers().AddPeerListener(options).AddVaultDiscards(options);
        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>Does something bad to one of its files behind its back.</summary>
    public void Lose(Action<string> harm) => harm(Paths[0]);

    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;

        _host = null;
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
