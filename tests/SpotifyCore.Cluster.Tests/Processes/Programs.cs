using System.Diagnostics;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>The repository's executables, as they were built with the tests.</summary>
internal static class Programs
{
    public static string AccessPoint { get; } = PathOf("hosts/SpotifyCore.AccessPoint", "spotifycore-accesspoint");

    public static string Master { get; } = PathOf("hosts/SpotifyCore.MasterNode", "spotifycore-master");

    public static string Storage { get; } = PathOf("hosts/SpotifyCore.StorageNode", "spotifycore-storage");

    public static string Desktop { get; } = PathOf("hosts/SpotifyCore.Desktop", "spotifycore-desktop");

    public static string Listener { get; } = PathOf("frontends/SpotifyCore.Cli", "spotifycore");

    public static string Import { get; } = PathOf("tools/SpotifyCore.Import", "spotifycore-import");

    /// <summary>How to start a program, its output to be read, with nothing of the tests' own settings.</summary>
    public static ProcessStartInfo Prepare(string path, IEnumerable<string> arguments, string? password = null)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);

        if (password is not null)
            start.Environment["SPOTIFYCORE_PASSWORD"] = password;

        return start;
    }

    private static bool IsOurs(string variable) => variable.StartsWith("SPOTIFYCORE_", StringComparison.Ordinal);

    private static string PathOf(string project, string executable)
    {
        // tests/X/bin/Release/net10.0/ stands as deep as hosts/X/bin/Release/net10.0/.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, project, "bin", configuration.Name, output.Name, executable);
    }
}
