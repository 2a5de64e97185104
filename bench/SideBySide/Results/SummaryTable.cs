using System.Globalization;

namespace SpotifyCore.SideBySide.Results;

/// <summary>The comparisons as a table for people.</summary>
internal static class SummaryTable
{
    private const string Columns = "{0,-24} {1,-20} {2,10} {3,10}  {4,-26} {5,6} {6,6} {7,9}  {8}";
    private const double BusyGenerator = 0.95;

    /// <summary>The line above all.</summary>
    public static string Head { get; } = string.Format(
        CultureInfo.InvariantCulture, Columns, "what", "unit", "ours", "reference", "", "ratio", "spread", "generator",
        "budget");

    /// <summary>
    /// One comparison, with how busy the generator was by ours and by the reference, whether its budget is met, and a
    /// mark on what the generator limited.
    /// </summary>
    public static string LineOf(Comparison comparison) => string.Format(
        CultureInfo.InvariantCulture,
        Columns,
        comparison.Name,
        comparison.Unit,
        Figure(comparison.Ours),
        Figure(comparison.Reference),
        comparison.ReferenceName,
        comparison.Ratio.ToString("F2", CultureInfo.InvariantCulture),
        comparison.Spread.ToString("P0", CultureInfo.InvariantCulture),
        Shares(comparison),
        Verdict(comparison) + Mark(comparison));

    /// <summary>How many budgets are met, and how many are not.</summary>
    public static string SumOf(IReadOnlyList<Comparison> comparisons)
    {
        var met = comparisons.Count(static one => one.FindBudget() is { } budget && budget.IsMet(one.Ratio));
        var missed = comparisons.Count(static one => one.FindBudget() is { } budget && !budget.IsMet(one.Ratio));
        var broken = comparisons.Count(static one => one.BreaksBudget());
        return $"{met} budgets met, {missed} missed, {broken} of them by more than half";
    }

    /// <summary>Its budget and whether that is met; empty when it has none.</summary>
    public static string Verdict(Comparison comparison) => comparison.FindBudget() switch
    {
        null => "",
        { } budget when budget.IsMet(comparison.Ratio) => $"{budget}: met",
        { } budget when budget.IsBroken(comparison.Ratio) => $"{budget}: MISSED by more than half",
        { } budget => $"{budget}: missed",
    };

    private static string Shares(Comparison comparison) => comparison.OurGeneratorShare > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * comparison.OurGeneratorShare:F0}/{100 * comparison.ReferenceGeneratorShare:F0} %")
        : "";

    private static string Mark(Comparison comparison) =>
        (comparison.OurGeneratorShare > BusyGenerator, comparison.ReferenceGeneratorShare > BusyGenerator) switch
        {
            (true, true) => " (generator-bound: both)",
            (true, false) => " (generator-bound: ours)",
            (false, true) => " (generator-bound: reference)",
            _ => "",
        };

    /// <summary>A figure with as many digits as say something.</summary>
    public static string Figure(double figure) => figure.ToString(
        Math.Abs(figure) switch { >= 1000 => "N0", >= 10 => "F1", _ => "F3" }, CultureInfo.InvariantCulture);
}
