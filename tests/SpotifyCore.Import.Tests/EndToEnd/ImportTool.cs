using System.Diagnostics;
using System.Text.Json;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>The tool as a process of its own.</summary>
internal static class ImportTool
{
    /// <summary>Starts it; its output is JSON lines.</summary>
    public static Process Start(ClusterFixture cluster, params string[] arguments)
    {
        // A shell starts what runs in its background with interrupts ignored, and so on to the last child.
        var start = new ProcessStartInfo(
            "env",
            [
                "--default-signal=INT", "dotnet",
                Path.Combine(AppContext.BaseDirectory, "spotifycore-import.dll"), .. arguments,
                "--access-point", cluster.Url, "--name", ClusterFixture.Name,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["SPOTIFYCORE_PASSWORD"] = ClusterFixture.Password },
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end, which is a good one; gives its lines.</summary>
    public static async Task<List<JsonElement>> RunAsync(ClusterFixture cluster, params string[] arguments)
    {
        using var tool = Start(cluster, arguments);
        var lines = new List<JsonElement>();
        while (await tool.StandardOutput.ReadLineAsync() is { } line)
            lines.Add(JsonDocument.Parse(line).RootElement);

        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
        return lines;
    }
}
