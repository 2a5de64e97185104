using System.Globalization;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Profiling;

/// <summary>
/// Looks into the sides of a trial once it is measured: a slice of each under <c>perf record</c>, which samples where its
/// processor time goes, and one under <c>strace -c</c>, which counts its system calls and slows it a lot.
/// </summary>
/// <param name="directory">Where the tools' whole texts go.</param>
/// <param name="slice">How long a side works.</param>
internal sealed class Profiler(string directory, TimeSpan slice)
{
    private readonly List<SideProfile> _profiles = [];

    /// <summary>What was seen so far.</summary>
    public IReadOnlyList<SideProfile> Profiles => _profiles;

    /// <summary>Looks into each side that has a process of its own or works in this one.</summary>
    public async Task RunAsync(Trial trial, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        foreach (var subject in (Subject[])[trial.Ours, .. trial.References])
        {
            if (subject.Process is { } process)
                _profiles.Add(await RunAsync(trial.Measures[0], subject, process, cancellationToken));
        }
    }

    private async Task<SideProfile> RunAsync(
        Results.Measure measure, Subject subject, int process, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, $"{measure.Name}-{subject.Name.Replace(' ', '-')}");
        var (samples, calls) = (path + ".perf", path + ".calls.txt");
        await WatchAsync(
            ["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-o", samples, "-p", Text(process)],
            subject,
            cancellationToken);
        var modules = await ReportAsync(samples, "dso", cancellationToken);
        var functions = await ReportAsync(samples, "symbol", cancellationToken);
        File.Delete(samples);
        await File.WriteAllTextAsync(path + ".samples.txt", modules + functions, cancellationToken);
        var figures = await WatchAsync(
            ["strace", "-c", "-f", "-q", "-o", calls, "-p", Text(process)], subject, cancellationToken);
        return new SideProfile(
            measure.Name,
            subject.Name,
            PerfReport.Parse(modules),
            PerfReport.Parse(functions),
            StraceSummary.Parse(await File.ReadAllTextAsync(calls, cancellationToken)),
            measure.Unit == "chunks/s" ? figures[0] * slice.TotalSeconds : 0);
    }

    /// <summary>Has a side work while a tool looks at it.</summary>
    private static async Task<double[]> WatchAsync(
        string[] tool, Subject subject, CancellationToken cancellationToken)
    {
        await using var watching = ServerProcess.StartReader(tool);
        await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
        var figures = await subject.MeasureAsync(cancellationToken);
        await watching.InterruptAsync(cancellationToken);
        return figures;
    }

    private static async Task<string> ReportAsync(string samples, string key, CancellationToken cancellationToken)
    {
        var run = await ToolRun.RunAsync(
            ["perf", "report", "--stdio", "--no-children", "--percent-limit", "0.5", "-s", key, "-i", samples],
            cancellationToken);
        return run.Output;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
