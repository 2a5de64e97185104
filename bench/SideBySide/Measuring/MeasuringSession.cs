using SpotifyCore.SideBySide.Profiling;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Measuring;

/// <summary>One look at the suites: runs trials, says how they end, and gathers the comparisons.</summary>
internal sealed class MeasuringSession(MeasuringPlan plan, NameFilter filter, TextWriter output)
{
    private readonly List<Comparison> _comparisons = [];

    /// <summary>How long, how often, where.</summary>
    public MeasuringPlan Plan => plan;

    /// <summary>Looks into each side when it is measured; null when nobody wants to know.</summary>
    public Profiler? Profiler { private get; init; }

    /// <summary>What was compared so far.</summary>
    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    /// <summary>True when something of these names is wanted.</summary>
    public bool Wants(params IEnumerable<string> names) => names.Any(filter.Takes);

    /// <summary>
    /// Runs the suites. Where budgets decide, what breaks one is measured once more after all others, and that
    /// counts, with whole slices: something else on the machine may have decided short ones, and by then it may be over.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<ISuite> suites, CancellationToken cancellationToken)
    {
        await LookAsync(suites, cancellationToken);
        var broken = Comparison.BrokenNames(_comparisons);
        if (!plan.BudgetsDecide || broken.Count == 0)
            return;

        await output.WriteLineAsync("once more, as that was less than half of its budgets");
        var longer = plan.AtLength(Directory.CreateDirectory(plan.PathOf("again")).FullName);
        var again = new MeasuringSession(longer, new NameFilter(broken), output);
        await again.LookAsync(suites, cancellationToken);
        _comparisons.RemoveAll(one => broken.Contains(one.Name));
        _comparisons.AddRange(again.Comparisons);
    }

    /// <summary>Runs a trial, unless nothing of it is wanted.</summary>
    public async Task CompareAsync(Trial trial, CancellationToken cancellationToken)
    {
        if (!Wants(trial.Measures.Select(static measure => measure.Name)))
            return;

        var compared = await trial.RunAsync(plan.Rounds, cancellationToken);
        foreach (var comparison in compared.Where(one => filter.Takes(one.Name)))
        {
            await output.WriteLineAsync(SummaryTable.LineOf(comparison));
            _comparisons.Add(comparison);
        }

        if (Profiler is not null)
            await Profiler.RunAsync(trial, cancellationToken);
    }

    private async Task LookAsync(IReadOnlyList<ISuite> suites, CancellationToken cancellationToken)
    {
        foreach (var suite in suites.Where(suite => Wants(suite.Names)))
            await suite.RunAsync(this, cancellationToken);
    }
}
