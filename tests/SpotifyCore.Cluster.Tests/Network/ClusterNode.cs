using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>A host of the cluster: where it is, what it keeps, and the process it is at the time.</summary>
/// <param name="program">The executable.</param>
/// <param name="data">Its data directory.</param>
internal sealed class ClusterNode(string program, string data) : IAsyncDisposable
{
    private HostProcess? _process;

    public string Data { get; } = data;

    public int Port { get; } = FreePort.Take();

    public string EndPoint => $"127.0.0.1:{Port}";

    /// <summary>The id it proves, known before its first start.</summary>
    public PeerId Id
    {
        get
        {
            using var identity = NodeIdentity.LoadOrCreate(Path.Combine(Data, "identity.pem"));
            return identity.Id;
        }
    }

    public NodeAddress Address => new(Id, "127.0.0.1", Port);

    /// <summary>Its command line; set once.</summary>
    public string[] Arguments { get; set; } = [];

    public async Task StartAsync()
    {
        await DisposeAsync();
        _process = await HostProcess.StartAsync(program, Arguments);
    }

    /// <summary>Starts it unless it runs.</summary>
    public Task RestoreAsync() => _process is { HasEnded: false } ? Task.CompletedTask : StartAsync();

    public Task<int> TerminateAsync() => _process!.TerminateAsync();

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Has it stand still until it is thawed.</summary>
    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
