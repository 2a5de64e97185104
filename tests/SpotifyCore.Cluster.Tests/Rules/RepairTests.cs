using System.Diagnostics;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Testing;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>What a master lost comes back from the others, in processes of their own.</summary>
public sealed class RepairTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestMusic _music = new();
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        for (var piece = 0; piece < 4; piece++)
            _music.Make($"piece {piece}.flac", 60 + piece, 20);

        _cluster = await TestCluster.StartAsync();
        var import = await _cluster.ImportAsync(_music.Folder);
        Assert.True(import.Run.ExitCode == 0, import.Run.Errors);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _music.Dispose();
    }

    [Fact]
    public async Task Vault_Deleted_IsFullAgainByItself()
    {
        var master = _cluster.Masters[1];
        var before = FilesOf(master);
        Assert.NotEmpty(before);
        await master.KillAsync();
        Directory.Delete(Path.Combine(master.Data, "vault"), recursive: true);
        var watch = Stopwatch.StartNew();

        await master.StartAsync();
        var ready = watch.Elapsed;
        await Eventually.TrueAsync(() => FilesOf(master).SequenceEqual(before));

        output.WriteLine($"{before.Length} files, {before.Sum(static file => file.Length)} bytes: ready after "
            + $"{ready.TotalSeconds:0.0} s, full again after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static (string Name, long Length)[] FilesOf(ClusterNode master)
    {
        var objects = new DirectoryInfo(Path.Combine(master.Data, "vault", "objects"));
        return !objects.Exists ? [] :
        [
            .. objects.EnumerateFiles("*.scv", SearchOption.AllDirectories)
                .Select(static file => (file.Name, file.Length)).Order(),
        ];
    }
}
