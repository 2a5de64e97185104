using System.Diagnostics;

namespace SpotifyCore.Testing;

/// <summary>Foreign programs that tests measure us against, as Debian packages them.</summary>
public static class DebianPackage
{
    private static readonly Lock Installing = new();

    /// <summary>Installs a package that is missing; needs root or sudo without a password then.</summary>
    public static void Require(string name)
    {
        lock (Installing)
        {
            if (IsInstalled(name))
                return;

            // Several test processes may ask at once: apt waits for its own lock.
            var root = Environment.UserName == "root" ? "" : "sudo -n ";
            var options = "-y -q --no-install-recommends -o DPkg::Lock::Timeout=600";
            var (code, output) = Run($"{root}apt-get install {options} {name} || " +
                $"({root}apt-get update -q && {root}apt-get install {options} {name})");
            if (code != 0 || !IsInstalled(name))
                throw new InvalidOperationException($"Installing {name}, which tests need, failed:\n{output}");
        }
    }

    private static bool IsInstalled(string name) =>
        Run($"dpkg-query -W -f='${{Status}}' {name}").Output.Contains("install ok installed", StringComparison.Ordinal);

    private static (int Code, string Output) Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{command} 2>&1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
