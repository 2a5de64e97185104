using System.Diagnostics;
using System.Text.Json;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>The tool stays at a folder and takes in what changes there.</summary>
public sealed class WatchTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Watch_FilesThatComeMoveChangeAndGo_AreTakenInAndOut()
    {
        var folder = Path.Combine(music.Folder, "watched");
        music.Make("watched/1.flac", 0.5, "-metadata", "title=Watched 1");
        var other = music.Make("other.flac", 0.6, "-metadata", "title=Watched 2");
        var retagged = music.Make("retagged.flac", 0.6, "-metadata", "title=Watched anew");
        using var tool = ImportTool.Start(cluster, folder, "--watch", "--prune");
        Assert.Equal(1, (await NextAsync(tool, "summary")).GetProperty("imported").GetInt32());
        await NextAsync(tool, "watching");

        // A folder that comes with what is in it, as when an album is moved in.
        Directory.CreateDirectory(Path.Combine(music.Folder, "album"));
        File.Copy(other.Path, Path.Combine(music.Folder, "album", "2.flac"));
        Directory.Move(Path.Combine(music.Folder, "album"), Path.Combine(folder, "album"));
        var imported = await NextAsync(tool, "imported");
        Assert.Equal("album/2.flac", imported.GetProperty("source").GetString());
        Assert.Equal(1, (await NextAsync(tool, "summary")).GetProperty("imported").GetInt32());

        File.Copy(retagged.Path, Path.Combine(folder, "album", "2.flac"), overwrite: true);
        var updated = await NextAsync(tool, "updated");
        Assert.Equal("Watched anew", updated.GetProperty("title").GetString());
        Assert.Equal(imported.GetProperty("track").GetString(), updated.GetProperty("track").GetString());

        Directory.Move(Path.Combine(folder, "album"), Path.Combine(folder, "renamed"));
        updated = await NextAsync(tool, "updated");
        Assert.Equal("renamed/2.flac", updated.GetProperty("source").GetString());
        var summary = await NextAsync(tool, "summary");
        Assert.Equal((1, 0), (summary.GetProperty("updated").GetInt32(), summary.GetProperty("gone").GetInt32()));

        File.Delete(Path.Combine(folder, "renamed", "2.flac"));
        var gone = await NextAsync(tool, "gone");
        Assert.Equal(imported.GetProperty("track").GetString(), gone.GetProperty("track").GetString());
        Assert.Equal(1, (await NextAsync(tool, "summary")).GetProperty("pruned").GetInt32());

        TestMusic.Run("kill", ["-INT", $"{tool.Id}"]);
        await tool.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, tool.ExitCode);
    }

    [Fact]
    public async Task Watch_AccessPointThatIsAway_IsWaitedFor()
    {
        var folder = Path.Combine(music.Folder, "patient");
        music.Make("patient/1.flac", 0.7, "-metadata", "title=Patient 1");
        var other = music.Make("patience.flac", 0.8, "-metadata", "title=Patient 2");
        using var tool = ImportTool.Start(cluster, folder, "--watch");
        await NextAsync(tool, "watching");

        await cluster.StopServerAsync();
        File.Copy(other.Path, Path.Combine(folder, "2.flac"));
        await NextAsync(tool, "waiting");
        await cluster.StartServerAsync();

        await NextAsync(tool, "answering");
        Assert.Equal("Patient 2", (await NextAsync(tool, "imported")).GetProperty("title").GetString());
        TestMusic.Run("kill", ["-TERM", $"{tool.Id}"]);
        await tool.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, tool.ExitCode);
    }

    /// <summary>The next line of a kind; those before it are passed over.</summary>
    private static async Task<JsonElement> NextAsync(Process tool, string kind)
    {
        while (await tool.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            var read = JsonDocument.Parse(line).RootElement;
            if (read.GetProperty("event").ValueEquals(kind))
                return read;
        }

        throw new EndOfStreamException($"The tool ended before it said '{kind}'.");
    }
}
