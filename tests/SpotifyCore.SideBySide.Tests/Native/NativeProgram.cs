using System.Diagnostics;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.Testing;

namespace SpotifyCore.SideBySide.Tests.Native;

/// <summary>A program of <c>bench/SideBySide/native</c>, built for one test.</summary>
internal static class NativeProgram
{
    /// <summary>Builds it into a directory; gives its path.</summary>
    public static async Task<string> BuildAsync(string directory, string name, params string[] libraries)
    {
        var program = Path.Combine(directory, name);
        var source = Path.Combine(Repository.Root, "bench/SideBySide/native", $"{name}.c");
        await ToolRun.RunAsync(
            ["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-std=gnu11", "-o", program, source, .. libraries],
            CancellationToken.None);
        return program;
    }

    /// <summary>Starts it, its streams redirected.</summary>
    public static Process Start(params string[] command) => Process.Start(Programs.Prepare(command))!;
}
