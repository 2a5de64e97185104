using System.Diagnostics;
using System.Text.Json;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>A listener's desktop as a process, driven by the listener's command.</summary>
internal sealed class ClusterDesktop(TestCluster cluster, string name, string output) : IAsyncDisposable
{
    private readonly int _port = FreePort.Take();
    private HostProcess? _process;

    public string Data { get; } = cluster.Work[name];

    public string Socket { get; } = cluster.Work[Path.Combine($"{name}.run", "desktop.sock")];

    /// <summary>Where its peers find it.</summary>
    public NodeAddress Address
    {
        get
        {
            using var identity = NodeIdentity.LoadOrCreate(Path.Combine(Data, "identity.pem"));
            return new NodeAddress(identity.Id, "127.0.0.1", _port);
        }
    }

    /// <summary>What is changed in its environment before it starts.</summary>
    public Action<ProcessStartInfo>? Prepare { get; init; }

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors => _process!.Errors;

    public async Task StartAsync()
    {
        await DisposeAsync();
        string[] arguments =
        [
            "--access-point", cluster.AccessPointUrl,
            "--data-directory", Data,
            "--output", output,
            "--listen-address", "127.0.0.1",
            "--listen-port", $"{_port}",
            "--socket", Socket,
        ];
        var start = Programs.Prepare(Programs.Desktop, arguments);
        Prepare?.Invoke(start);
        _process = await HostProcess.StartAsync(start);
    }

    public Task<int> TerminateAsync() => _process!.TerminateAsync();

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Has the listener's command do something that must succeed.</summary>
    public Task<string> TellAsync(params string[] arguments) =>
        ProgramRun.OutputAsync(Programs.Listener, TestCluster.Password, ["--socket", Socket, .. arguments]);

    /// <summary>Plays a track to its end; what the desktop reports of that play.</summary>
    public async Task<DesktopPlay> PlayAsync(TrackId track)
    {
        await TellAsync("play", "--wait", track.ToString());
        using var stats = JsonDocument.Parse(await TellAsync("stats", "--json"));
        return DesktopPlay.Read(stats.RootElement.GetProperty("plays").EnumerateArray().Last());
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
