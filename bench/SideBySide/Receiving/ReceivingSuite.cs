using System.Globalization;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Serving;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Receiving;

/// <summary>
/// The whole of receiving beside its parts, each alone, in CPU seconds a GB of whoever receives: taking the bytes from
/// loopback, hashing them, unsealing them, and FASTER's upsert; and beside the sum of the four.
/// </summary>
internal sealed class ReceivingSuite : ISuite
{
    private static readonly Measure Measured = new("receive", "CPU-s/GB");

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [Measured.Name];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var plan = session.Plan;
        var file = ServedFile.In(plan.Work);
        await using var server = await BareServer.StartAsync(file, tls: null, cancellationToken);
        await using var worker = ServerProcess.StartReader(Cores.Pin(
            Cores.Client,
            Environment.ProcessPath!,
            "receive",
            Directory.CreateDirectory(plan.PathOf("receive")).FullName,
            server.Target.Port.ToString(CultureInfo.InvariantCulture)));
        await worker.ReadLineAsync(cancellationToken);
        var load = new LoadGenerator(plan, file);
        Subject[] parts =
        [
            new(References.Loopback, async cancelled => [await load.MeasureReceivingAsync(server.Target, cancelled)]),
            new(References.Sha256, cancelled => MeasurePartAsync("sha256", plan, file, cancelled)),
            new(References.AesCtr, cancelled => MeasurePartAsync("aes-128-ctr", plan, file, cancelled)),
            new(References.FasterUpsert, cancelled => AskAsync(worker, "upsert", plan, cancelled)),
        ];
        await session.CompareAsync(
            new Trial(Measured)
            {
                Ours = new Subject("client", cancelled => AskAsync(worker, "receive", plan, cancelled))
                {
                    Process = worker.Id,
                },
                References = parts,
                Sum = References.SumOfParts,
            },
            cancellationToken);
    }

    private static async Task<double[]> AskAsync(
        ServerProcess worker, string work, MeasuringPlan plan, CancellationToken cancellationToken)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{work} {plan.Slice.TotalSeconds}");
        await worker.Input.WriteLineAsync(line.AsMemory(), cancellationToken);
        await worker.Input.FlushAsync(cancellationToken);
        return [double.Parse(await worker.ReadLineAsync(cancellationToken), CultureInfo.InvariantCulture)];
    }

    private static async Task<double[]> MeasurePartAsync(
        string part, MeasuringPlan plan, ServedFile file, CancellationToken cancellationToken)
    {
        var seconds = plan.Slice.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var run = await ToolRun.RunAsync(
            Cores.Pin(Cores.Client, Programs.Native("parts"), part, file.Path, seconds), cancellationToken);
        return [run.Numbers[1] / (run.Numbers[0] / 1e9)];
    }
}
