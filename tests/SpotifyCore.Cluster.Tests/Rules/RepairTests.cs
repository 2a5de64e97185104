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
        }

        foreach (var master in _cluster.Masters)
            await master.StartAsync();

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

    [Fact]
    public async Task Import_WhileAnOwnerIsAway_CanBePlayedAndIsWholeWhenItIsBack()
    {
        using var music = new TestMusic();
        for (var piece = 0; piece < 4; piece++)
            music.Make($"late {piece}.flac", 90 + piece, 5);

        var away = _cluster.Masters[0];
        var before = FilesOf(away).Length;
        await away.KillAsync();
        var import = await _cluster.ImportAsync(music.Folder);
        output.WriteLine(import.Run.Output + import.Run.Errors);

        // All went in; of what the one that is away owns a copy is missing, and is said to be.
        Assert.Equal(3, import.Run.ExitCode);
        var missing = Assert.Single(import.Summary.GetProperty("missing").EnumerateArray());
        Assert.Equal(away.Address.ToString(), missing.GetProperty("master").GetString());
        var files = missing.GetProperty("files").GetInt32();
        Assert.InRange(files, 1, 12);
        Assert.Equal(0, import.Summary.GetProperty("failed").GetInt32());
        Assert.InRange(import.Summary.GetProperty("incomplete").GetInt32(), 1, 4);

        var desktop = await _cluster.DesktopAsync("late");
        await desktop.TellAsync("login", "anna");
        for (var piece = 0; piece < 4; piece++)
            await desktop.PlayAsync(import.TrackOf($"late {piece}.flac"));

        await away.StartAsync();
        await Eventually.TrueAsync(() => FilesOf(away).Length == before + files);
        Assert.Equal(0, (await _cluster.VerifyAsync()).ExitCode);
        Assert.Equal(4, (await _cluster.ImportAsync(music.Folder)).Summary.GetProperty("known").GetInt32());
    }

    [Fact]
    public async Task Import_WithNoOwnerInReach_FailsAndLeavesNothing()
    {
        using var music = new TestMusic();
        music.Make("nobody.flac", 99, 5);
        foreach (var master in _cluster.Masters)
            await master.KillAsync();

        var import = await _cluster.ImportAsync(music.Folder);

        Assert.Equal(1, import.Run.ExitCode);
        Assert.Contains("did not take a file", import.Said("nobody.flac").GetProperty("error").GetString(), StringComparison.Ordinal);
        foreach (var master in _cluster.Masters)
            await master.StartAsync();

        Assert.Equal(0, (await _cluster.ImportAsync(music.Folder)).Run.ExitCode);
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
