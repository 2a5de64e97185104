using System.Diagnostics;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>The repository's programs, as they were built with this one, and how programs are started.</summary>
internal static class Programs
{
    public static string AccessPoint { get; } = PathOf("hosts/SpotifyCore.AccessPoint", "spotifycore-accesspoint");

    public static string Master { get; } = PathOf("hosts/SpotifyCore.MasterNode", "spotifycore-master");

    public static string Storage { get; } = PathOf("hosts/SpotifyCore.StorageNode", "spotifycore-storage");

    public static string Desktop { get; } = PathOf("hosts/SpotifyCore.Desktop", "spotifycore-desktop");

    public static string Import { get; } = PathOf("tools/SpotifyCore.Import", "spotifycore-import");

    /// <summary>A program in C, as <c>bench/side-by-side.sh</c> built it.</summary>
    public static string Native(string name)
    {
        // bench/SideBySide/bin/native/ stands beside bench/SideBySide/bin/Release/.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!;
        return Path.Combine(configuration.Parent!.FullName, "native", name);
    }

    /// <summary>How to start a command, its streams redirected, with nothing of the caller's own settings.</summary>
    public static ProcessStartInfo Prepare(params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);

        return start;
    }

    private static bool IsOurs(string variable) => variable.StartsWith("SPOTIFYCORE_", StringComparison.Ordinal);

    private static string PathOf(string project, string executable)
    {
        // bench/X/bin/Release/net10.0/ stands as deep as hosts/X/bin/Release/net10.0/.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, project, "bin", configuration.Name, output.Name, executable);
    }
}
