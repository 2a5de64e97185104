using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>
/// A storage node beside nginx and the bare server: chunks a second, and CPU a GB, over 16 connections with one and
/// with 16 requests in flight each; plain and over TLS.
/// </summary>
internal sealed class ServingSuite : ISuite
{
    private const int Connections = 16;
    private static readonly int[] Depths = [1, 16];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. NamesOf("plain"), .. NamesOf("tls")];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        foreach (var channel in (string[])["plain", "tls"])
        {
            if (session.Wants(NamesOf(channel)))
                await RunAsync(channel, session, cancellationToken);
        }
    }

    private static async Task RunAsync(string channel, MeasuringSession session, CancellationToken cancellationToken)
    {
        var file = ServedFile.In(session.Plan.Work);
        var load = new LoadGenerator(session.Plan, file);
        await using var servers = await ServingServers.StartAsync(
            session.Plan, file, isTls: channel == "tls", cancellationToken);
        foreach (var depth in Depths)
        {
            Subject[] subjects =
            [
                .. servers.All.Select(one => new Subject(one.Name, async cancelled =>
                {
                    var result = await load.MeasureAsync(one.Server.Target, Connections, depth, cancelled);
                    return [result.Rate, result.CpuPerGigabyte];
                })
                {
                    Process = one.Server.Target.Process,
                    GeneratorShare = () => load.LastShare,
                }),
            ];
            var trial = new Trial(
                new Measure($"serve-depth{depth}-{channel}", "chunks/s"),
                new Measure($"serve-cpu-depth{depth}-{channel}", "CPU-s/GB"))
            {
                Ours = subjects[0],
                References = subjects[1..],
            };
            await session.CompareAsync(trial, cancellationToken);
        }
    }

    private static IEnumerable<string> NamesOf(string channel) =>
        Depths.SelectMany(depth => (string[])[$"serve-depth{depth}-{channel}", $"serve-cpu-depth{depth}-{channel}"]);
}
