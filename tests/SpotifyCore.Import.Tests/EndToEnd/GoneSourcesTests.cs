using System.Diagnostics;
using System.Text.Json;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>What is taken out of the catalogue when a folder is imported again, and what is not.</summary>
public sealed class GoneSourcesTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    [Fact]
    public async Task Prune_FolderThatIsNotEntered_LeavesWhatMayBeInIt()
    {
        var folder = Make("closed", "open/1.wav", "box/2.wav");
        Assert.Equal((0, 0), await ImportAsync(folder, "--prune"));

        // As where another disk was, that is not there now. Root enters all folders, and nobody follows a link.
        Directory.Move(Path.Combine(folder, "box"), Path.Combine(music.Folder, "box"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "box"), Make("elsewhere", "3.wav"));
        Assert.Equal((0, 0), await ImportAsync(folder, "--prune"));

        File.Delete(Path.Combine(folder, "box"));
        Assert.Equal((1, 1), await ImportAsync(folder, "--prune"));
    }

    [Fact]
    public async Task Prune_FolderBesideOneOfALongerName_LeavesThatAlone()
    {
        var (folder, other) = (Make("side", "1.wav"), Make("side by side", "2.wav", "3.wav"));
        Assert.Equal((0, 0), await ImportAsync(folder, "--prune"));
        Assert.Equal((0, 0), await ImportAsync(other, "--prune"));

        File.Delete(Path.Combine(other, "3.wav"));

        Assert.Equal((0, 0), await ImportAsync(folder, "--prune"));
        Assert.Equal((1, 1), await ImportAsync(other, "--prune"));
    }

    [Fact]
    public async Task Import_WhatWasOverwrittenByAnotherSong_IsTakenOutUnasked()
    {
        var folder = Make("overwritten", "1.wav", "2.wav");
        Assert.Equal((0, null), await ImportAsync(folder));

        File.Copy(Path.Combine(Make("other", "4.wav"), "4.wav"), Path.Combine(folder, "1.wav"), overwrite: true);

        Assert.Equal((1, 1), await ImportAsync(folder));
        Assert.Equal((0, null), await ImportAsync(folder));
    }

    // Each as many seconds long as its name says, and no two of the same sound.
    private string Make(string folder, params string[] names)
    {
        foreach (var name in names)
        {
            var seconds = int.Parse(Path.GetFileNameWithoutExtension(name)) + (folder.Length * 0.01);
            music.Make($"{folder}/{name}", seconds);
        }

        return Path.Combine(music.Folder, folder);
    }

    // As the tool's summary says.
    private async Task<(int Gone, int? Pruned)> ImportAsync(string folder, params string[] options)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "spotifycore-import.dll"), folder, .. options,
                "--access-point", cluster.Url, "--name", ClusterFixture.Name, "--json",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["SPOTIFYCORE_PASSWORD"] = ClusterFixture.Password },
        };
        using var tool = Process.Start(start)!;
        var said = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        var summary = JsonDocument.Parse(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        return (
            summary.GetProperty("gone").GetInt32(),
            summary.TryGetProperty("pruned", out var pruned) ? pruned.GetInt32() : null);
    }
}
