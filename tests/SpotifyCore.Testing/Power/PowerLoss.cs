using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Xunit;

namespace SpotifyCore.Testing.Power;

/// <summary>
/// A process that ran on a disk which keeps what was synced and nothing else, and what that disk held at any moment of
/// it. Linux, with a C compiler: <c>powerloss.c</c> takes the place of fsync in the process, so what is tested is every
/// call that reaches the system, whoever makes it (FASTER and SQLite too).
/// </summary>
public sealed class PowerLoss : IDisposable
{
    private static readonly Lazy<string> Library = new(Build);

    private readonly TempDirectory _directory = new();
    private readonly List<(int Moment, string What)> _acknowledged = [];
    private DiskLog? _log;

    private PowerLoss()
    {
    }

    /// <summary>Runs a scenario to its end in a process of its own.</summary>
    /// <param name="scenario">
    /// A static method, or a lambda that captures nothing, of a test project whose entry point is
    /// <see cref="PowerLossScenario.RunAsync"/>.
    /// </param>
    public static async Task<PowerLoss> RunAsync(Func<PowerLossScenario, Task> scenario)
    {
        var loss = new PowerLoss();
        try
        {
            await loss.RunAsync(scenario.Method, Library.Value);
            return loss;
        }
        catch
        {
            loss.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The power is cut at every moment of the run at which the disk's state changed, in both ways that a file system
    /// may have it: names that were not synced are lost, or all names are there and what was not synced is empty.
    /// </summary>
    public IEnumerable<PowerCut> Cuts() =>
        from moment in Enumerable.Range(1, _log!.Moments)
        from namesSurvive in new[] { false, true }
        select new PowerCut(_log, moment, namesSurvive, Acknowledged(moment));

    public void Dispose() => _directory.Dispose();

    private string[] Acknowledged(int moment) =>
        [.. _acknowledged.Where(said => said.Moment <= moment).Select(said => said.What)];

    private async Task RunAsync(MethodInfo scenario, string library)
    {
        var (root, log) = (_directory["root"], _directory["log"]);
        Directory.CreateDirectory(root);
        Directory.CreateDirectory(Path.Combine(log, "pin"));
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var type = scenario.DeclaringType!;
        foreach (var argument in (string[])
            ["exec", type.Assembly.Location, type.AssemblyQualifiedName!, scenario.Name, root, library])
            start.ArgumentList.Add(argument);

        start.Environment["LD_PRELOAD"] = library;
        start.Environment["POWER_ROOT"] = root;
        start.Environment["POWER_LOG"] = log;
        using var process = Process.Start(start)!;
        var failure = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            _acknowledged.Add((int.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture), line[(space + 1)..]));
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await failure);
        Assert.NotEmpty(_acknowledged);
        _log = new DiskLog(log);
    }

    private static string Build()
    {
        var source = Path.Combine(Repository.Root, "tests", "SpotifyCore.Testing", "Power", "powerloss.c");
        var library = Path.Combine(Directory.CreateTempSubdirectory("spotifycore-power-").FullName, "powerloss.so");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", "-o", library, source]);
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, "cc can't build powerloss.c; tools/test.sh installs gcc and libc6-dev.");
        return library;
    }
}
