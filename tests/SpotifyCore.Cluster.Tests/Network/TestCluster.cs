using System.Diagnostics;
using SpotifyCore.Client;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Placement;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Testing;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>Three master nodes, two storage nodes and an access point, each a process on loopback.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string Password = "correct horse";
    private const string Librarian = "librarian";
    private readonly List<ClusterDesktop> _desktops = [];
    private int _clients;

    private TestCluster()
    {
        Masters = [.. Enumerable.Range(1, 3).Select(i => new ClusterNode(Programs.Master, Work[$"master{i}"]))];
        Storage = [.. Enumerable.Range(1, 2).Select(i => new ClusterNode(Programs.Storage, Work[$"storage{i}"]))];
        AccessPoint = new ClusterNode(Programs.AccessPoint, Work["accesspoint"]);
    }

    /// <summary>What all its members keep.</summary>
    public TempDirectory Work { get; } = new();

    public IReadOnlyList<ClusterNode> Masters { get; }

    public IReadOnlyList<ClusterNode> Storage { get; }

    public ClusterNode AccessPoint { get; }

    public string AccessPointUrl => $"http://{AccessPoint.EndPoint}";

    /// <summary>Starts everything, with an account for the import and two listeners: anna and bertil.</summary>
    /// <param name="inFront">What listeners reach a storage node through, if not directly.</param>
    public static async Task<TestCluster> StartAsync(Func<ClusterNode, NodeAddress>? inFront = null)
    {
        DebianPackage.Require("ffmpeg");
        var cluster = new TestCluster();
        try
        {
            cluster.Describe(inFront ?? (static node => node.Address));
            await cluster.AddAccountAsync(Librarian, "import");
            await cluster.AddAccountAsync("anna", "listener");
            await cluster.AddAccountAsync("bertil", "listener");
            await cluster.AccessPoint.StartAsync();
            foreach (var pair in cluster.Masters.Concat(cluster.Storage).Chunk(2))
                await Task.WhenAll(pair.Select(static node => node.StartAsync()));

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what a test has ended, and ends what it has started.</summary>
    public async Task RestoreAsync()
    {
        foreach (var desktop in _desktops)
            await desktop.DisposeAsync();

        _desktops.Clear();
        foreach (var node in Masters.Concat(Storage).Prepend(AccessPoint))
            await node.RestoreAsync();
    }

    /// <summary>The masters that keep a file, the one asked first in front.</summary>
    public ClusterNode[] OwnersOf(FileId file)
    {
        var placement = new RendezvousPlacement(Masters.Select(static node => node.Id));
        var owners = new PeerId[placement.OwnerCount];
        placement.FindOwners(file, owners);
        return Array.ConvertAll(owners, id => Masters.Single(node => node.Id == id));
    }

    /// <summary>Imports a folder, as an operator does.</summary>
    /// <param name="folder">What to import.</param>
    /// <param name="prepare">What is changed in the tool's environment.</param>
    /// <param name="options">What it is told beside.</param>
    public async Task<ImportReport> ImportAsync(
        string folder, Action<ProcessStartInfo>? prepare = null, params string[] options)
    {
        string[] arguments = [folder, "--access-point", AccessPointUrl, "--name", Librarian, "--json", .. options];
        var start = Programs.Prepare(Programs.Import, arguments, Password);
        prepare?.Invoke(start);
        return new ImportReport(await ProgramRun.RunAsync(start));
    }

    /// <summary>Asks the masters whether they hold all of the catalogue, as an operator does.</summary>
    public Task<ProgramRun> VerifyAsync() => ProgramRun.RunAsync(
        Programs.Import, Password, "--verify", "--access-point", AccessPointUrl, "--name", Librarian, "--json");

    /// <summary>Starts a desktop with a data directory that lasts as long as the cluster.</summary>
    public async Task<ClusterDesktop> DesktopAsync(
        string name, string output = "null-fast", Action<ProcessStartInfo>? prepare = null)
    {
        var desktop = new ClusterDesktop(this, name, output) { Prepare = prepare };
        _desktops.Add(desktop);
        await desktop.StartAsync();
        return desktop;
    }

    /// <summary>Options of a listener's client in this process.</summary>
    public SpotifyClientOptions ClientOptions(string output, int bitsPerSecond = 160_000) => new()
    {
        AccessPoint = AccessPointUrl,
        DataDirectory = Work[$"client{Interlocked.Increment(ref _clients)}"],
        Output = output,
        BitsPerSecond = bitsPerSecond,
        Loudness = LoudnessMode.Off,
        ListenAddress = "127.0.0.1",
        ListenPort = 0,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var desktop in _desktops)
            await desktop.DisposeAsync();

        foreach (var node in Storage.Concat(Masters).Append(AccessPoint))
            await node.DisposeAsync();

        Work.Dispose();
    }

    /// <summary>Has the operator's command of the access point do something that must succeed.</summary>
    public Task<string> OperateAsync(params string[] arguments) => ProgramRun.OutputAsync(
        Programs.AccessPoint, Password, [.. arguments, "--data-directory", AccessPoint.Data]);

    private void Describe(Func<ClusterNode, NodeAddress> inFront)
    {
        var masters = string.Join(',', Masters.Select(static node => node.Address));
        AccessPoint.Arguments =
        [
            "--listen", AccessPointUrl, "--data-directory", AccessPoint.Data, "--master-nodes", masters,
            "--storage-nodes", string.Join(',', Storage.Select((node, i) => $"site{i + 1}={inFront(node)}")),
            "--plans:advert-every", "5s",
        ];
        var trusted = string.Join(',', Storage.Select(static node => node.Id));
        foreach (var node in Masters)
            node.Arguments = [.. Common(node, masters), "--trusted", trusted];

        foreach (var node in Storage)
        {
            var sibling = Storage.Single(other => other != node).Address.ToString();
            node.Arguments = [.. Common(node, masters), "--siblings", sibling, "--cache:disk-bytes", "256MiB"];
        }
    }

    private string[] Common(ClusterNode node, string masters) =>
        ["--data-directory", node.Data, "--listen", node.EndPoint, "--masters", masters, "--access-point", AccessPointUrl];

    private Task AddAccountAsync(string name, string role) =>
        OperateAsync("account", "add", name, "--role", role, "--plan", "premium");
}
