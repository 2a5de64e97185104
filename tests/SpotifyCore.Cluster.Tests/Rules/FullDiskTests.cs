using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Testing;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>A master whose disk is full says so to the import, which stops, and keeps nothing half.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Pieces = 12;
    private const string First = "first/piece 00.flac";
    private const long DiskBytes = 3 << 20;
    private readonly TestMusic _music = new();
    private readonly List<SmallDisk> _disks = [];
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        for (var piece = 0; piece < Pieces; piece++)
            _music.Make(piece == 0 ? First : $"piece {piece:00}.flac", 80 + piece, 20);

        _cluster = await TestCluster.StartAsync();
        foreach (var master in _cluster.Masters)
        {
            Assert.Equal(0, await master.TerminateAsync());
            _disks.Add(new SmallDisk(Path.Combine(master.Data, "vault"), DiskBytes));
            await master.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var master in _cluster.Masters)
            await master.KillAsync();

        foreach (var disk in _disks)
            disk.Dispose();

        await _cluster.DisposeAsync();
        _music.Dispose();
    }

    [Fact]
    public async Task Import_MastersDiskFull_StopsWithTheCauseAndLeavesNothingHalf()
    {
        // The first goes in alone: of several at once, each may have half of the disk and none its end.
        var first = await _cluster.ImportAsync(_music["first"]);
        Assert.Equal(0, first.Run.ExitCode);

        var import = await _cluster.ImportAsync(_music.Folder);
        output.WriteLine(import.Run.Output + import.Run.Errors);

        Assert.Equal(1, import.Run.ExitCode);
        Assert.Contains("no space left", import.Run.Errors, StringComparison.Ordinal);
        var summary = import.Summary;
        Assert.Contains("no space left", summary.GetProperty("stopped").GetString(), StringComparison.Ordinal);
        Assert.InRange(summary.GetProperty("imported").GetInt32(), 0, Pieces - 2);
        Assert.Equal(1, summary.GetProperty("known").GetInt32());
        Assert.Equal(0, summary.GetProperty("failed").GetInt32());

        // A put that was given up is forgotten when its master gets to it.
        await Eventually.TrueAsync(() => _cluster.Masters.All(
            static master => Directory.GetFiles(Path.Combine(master.Data, "vault", "incoming")).Length == 0));

        // Full is not broken: what is there is still given.
        var desktop = await _cluster.DesktopAsync("listening");
        await desktop.TellAsync("login", "anna");
        await desktop.PlayAsync(first.TrackOf("piece 00.flac"));
    }
}
