using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyCore.Content.Identity;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Tests.Composition;

/// <summary>A storage or master node in this process, composed as its host composes it.</summary>
internal sealed class TestNode(string data, bool isMaster) : IAsyncDisposable
{
    private IHost? _host;

    public PeerId Id { get; } = IdOf(data);

    public int Port { get; } = FreePort.Take();

    public string Data => data;

    public NodeAddress Address => new(Id, "127.0.0.1", Port);

    public ChunkServerUsage Usage => _host!.Services.GetRequiredService<ChunkServer>().Usage;

    /// <summary>What a master's vault is put into when it starts next.</summary>
    public Func<IVault, IVault> Wrap { get; set; } = static vault => vault;

    public async Task StartAsync(params string[] options)
    {
        var builder = Host.CreateApplicationBuilder();
        var strict = builder.UseStrictOptions(
            new HostProgram("test-node", ""),
            ["--data-directory", data, "--listen", $"127.0.0.1:{Port}", "--Logging:LogLevel:Default", "None", .. options]);
        builder.AddNode(strict);
        if (isMaster)
            builder.Services.AddSingleton(services => Wrap(services.GetRequiredService<FileVault>()));

        _ = isMaster
            ? builder.AddNodeVault(strict).AddMasterTiers().AddVaultRepair(strict)
            : builder.AddNodeCache(strict).AddStorageTiers(strict);
        builder.AddPeerListener(strict);
        _host = builder.Build();
        await _host.StartAsync();
        Assert.Equal(Address.ToString(), _host.NodeAddress());
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

    private static PeerId IdOf(string data)
    {
        using var identity = NodeIdentityFile.Open(data);
        return identity.Id;
    }
}
