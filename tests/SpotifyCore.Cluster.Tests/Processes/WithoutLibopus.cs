using System.Diagnostics;
using SpotifyCore.Testing;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>
/// A machine without libopus, as a program sees it: the loader meets an empty file of that name first. The tools that a
/// program calls (Debian's ffmpeg is linked with libopus) are called without it.
/// </summary>
internal sealed class WithoutLibopus
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempDirectory _work;

    public WithoutLibopus(TempDirectory work)
    {
        _work = work;
        Directory.CreateDirectory(Libraries);
        Directory.CreateDirectory(Tools);
        foreach (var library in (string[])["libopus.so.0", "libopus.so"])
            File.WriteAllBytes(Path.Combine(Libraries, library), []);

        foreach (var tool in (string[])["ffmpeg", "ffprobe"])
        {
            var path = Path.Combine(Tools, tool);
            File.WriteAllText(path, $"#!/bin/sh\nexec env -u LD_LIBRARY_PATH PATH='{SearchPath}' {tool} \"$@\"\n");
            File.SetUnixFileMode(path, Executable);
        }
    }

    private static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    private string Libraries => _work["without libopus"];

    private string Tools => _work["tools"];

    /// <summary>Has a program run on that machine.</summary>
    public void Prepare(ProcessStartInfo start)
    {
        start.Environment["LD_LIBRARY_PATH"] = Libraries;
        start.Environment["PATH"] = $"{Tools}:{SearchPath}";
    }
}
