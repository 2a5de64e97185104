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

    [Fact]
    public async Task Verify_OfWhatIsLost_SaysItUntilImportBringsItBack()
    {
        Assert.Equal(0, (await _cluster.VerifyAsync()).ExitCode);

        // One owner away: nobody knows what it holds.
        await _cluster.Masters[2].KillAsync();
        var away = await _cluster.VerifyAsync();
        Assert.Equal(3, away.ExitCode);
        Assert.Contains("\"silent\":true", away.Output, StringComparison.Ordinal);
        var known = await _cluster.ImportAsync(_music.Folder);
        Assert.Equal(3, known.Run.ExitCode);
        Assert.InRange(known.Summary.GetProperty("incomplete").GetInt32(), 1, 4);

        // Every copy gone: what the masters can't have of each other only the sources bring back.
        foreach (var master in _cluster.Masters)
        {
            await master.KillAsync();
            Directory.Delete(Path.Combine(master.Data, "vault"), recursive: true);
            await master.StartAsync();
        }

        var lost = await _cluster.VerifyAsync();
        output.WriteLine(lost.Output);
        Assert.Equal(3, lost.ExitCode);
        var copies = lost.Output.Split('\n').Where(static line => line.Contains("\"missing\"", StringComparison.Ordinal));
        Assert.Equal(24, copies.Count());
        Assert.DoesNotContain("\"silent\":true", lost.Output, StringComparison.Ordinal);

        var restored = await _cluster.ImportAsync(_music.Folder);
        output.WriteLine(restored.Run.Output);
        Assert.True(restored.Run.ExitCode == 0, restored.Run.Errors);
        Assert.Equal(4, restored.Summary.GetProperty("restored").GetInt32());
        Assert.Equal(0, (await _cluster.VerifyAsync()).ExitCode);
        Assert.Equal(4, (await _cluster.ImportAsync(_music.Folder)).Summary.GetProperty("known").GetInt32());
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
