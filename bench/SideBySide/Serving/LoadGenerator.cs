using System.Globalization;
using SpotifyCore.Content.Manifests;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>Puts the same load on any server, by <c>native/load.c</c> on a core of its own.</summary>
internal sealed class LoadGenerator(MeasuringPlan plan, ServedFile file)
{
    /// <summary>The share of its core that it needed in the last slice: near 1, it is what limits.</summary>
    public double LastShare { get; private set; }

    /// <summary>Asks a server for each chunk once and compares the bytes.</summary>
    public Task CheckAsync(LoadTarget target, CancellationToken cancellationToken) =>
        RunAsync(target, ["--depth", "16", "--check"], cancellationToken);

    /// <summary>Stores each chunk in memcached.</summary>
    public Task FillAsync(LoadTarget target, CancellationToken cancellationToken) =>
        RunAsync(target, ["--fill"], cancellationToken);

    /// <summary>Loads a server for a slice over so many connections, each with so many requests in flight.</summary>
    public async Task<LoadResult> MeasureAsync(
        LoadTarget target, int connections, int depth, CancellationToken cancellationToken)
    {
        var run = await RunAsync(
            target,
            [
                "--connections", Text(connections), "--depth", Text(depth), "--server", Text(target.Process),
                "--seconds", plan.Slice.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ],
            cancellationToken);
        var figures = run.Numbers;
        LastShare = figures[3] / figures[1];
        return new LoadResult(figures[0], figures[1], figures[2]);
    }

    /// <summary>What it costs the generator itself to take in what a server sends, in CPU seconds a GB.</summary>
    public async Task<double> MeasureReceivingAsync(LoadTarget target, CancellationToken cancellationToken)
    {
        var seconds = plan.Slice.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var run = await RunAsync(target, ["--depth", "16", "--copy", "--seconds", seconds], cancellationToken);
        return run.Numbers[3] / (run.Numbers[0] * Manifest.ChunkSize / 1e9);
    }

    private Task<ToolRun> RunAsync(
        LoadTarget target, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        string[] key = target.KeyFile is null ? [] : ["--key", target.KeyFile];
        string[] common =
        [
            target.Protocol, Text(target.Port), file.Path, "--file", file.Manifest.File.ToString(),
            "--first", Text(ServedFile.FirstAsked),
        ];
        var command = Cores.Pin(Cores.Client, Programs.Native("load"), [.. common, .. key, .. options]);
        return ToolRun.RunAsync(command, cancellationToken);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
