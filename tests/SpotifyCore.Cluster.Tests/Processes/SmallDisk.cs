using System.Diagnostics;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>
/// A disk of so many bytes at a directory, in memory, unmounted when disposed. Mounting needs root or sudo.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _directory;

    public SmallDisk(string directory, long bytes)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", _directory);
    }

    public void Dispose() => Run("umount", "--lazy", _directory);

    private static void Run(params string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? command : ["sudo", "-n", .. command];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', all)}: {errors}");
    }
}
