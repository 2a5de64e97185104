using SpotifyCore.SideBySide.Documents;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Profiling;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide;

/// <summary>One run: the suites that are wanted, one after another, then the sum and the report.</summary>
internal static class SideBySideRun
{
    /// <summary>Runs; the exit code.</summary>
    public static async Task<int> RunAsync(SideBySideOptions options, CancellationToken cancellationToken)
    {
        var plan = new MeasuringPlan(options.IsQuick, Cores.AreTwo, options.Work);
        var profiler = options.Profiles is null ? null : new Profiler(options.Profiles, plan.Slice);
        var filter = new NameFilter(options.Only is null ? null : [options.Only]);
        var session = new MeasuringSession(plan, filter, Console.Out) { Profiler = profiler };
        var machine = Machine.Describe();
        await Console.Out.WriteLineAsync(machine);
        if (!plan.HasTwoCores)
            await Console.Out.WriteLineAsync("one core, shared by servers and whoever asks: budgets don't decide");

        await Console.Out.WriteLineAsync($"medians of {plan.Rounds} rounds, in turn\n{SummaryTable.Head}");
        var others = new OthersWork(
            static () => File.ReadLines("/proc/stat").First(),
            static () => ProcessorTime.OfThisProcess + ProcessorTime.OfEndedChildren);
        await session.RunAsync(Suites.All, cancellationToken);
        plan = plan with { OthersShare = others.Share };

        await Console.Out.WriteLineAsync($"{Machine.DescribeLoad()}\n{SummaryTable.SumOf(session.Comparisons)}");
        if (plan.OthersShare > MeasuringPlan.MostForOthers)
            await Console.Out.WriteLineAsync($"others took {plan.OthersShare:P0} of the machine: budgets don't decide");

        if (options.Report is { } report)
            await File.WriteAllTextAsync(report, ReportJson.Write(session.Comparisons) + "\n", cancellationToken);

        if (options.Results is { } results)
        {
            var document = await File.ReadAllTextAsync(results, cancellationToken);
            await File.WriteAllTextAsync(
                results,
                ResultsDocument.Renew(document, machine, session.Comparisons, profiler?.Profiles ?? []),
                cancellationToken);
        }

        return ExitCodeOf(session.Comparisons, plan);
    }

    /// <summary>
    /// Where budgets decide, a run fails when something is not even half as good as each of them wants; others only tell.
    /// </summary>
    public static int ExitCodeOf(IEnumerable<Comparison> comparisons, MeasuringPlan plan) =>
        plan.BudgetsDecide && Comparison.BrokenNames(comparisons).Count > 0
            ? ExitCodes.BudgetBroken
            : ExitCodes.Done;
}
