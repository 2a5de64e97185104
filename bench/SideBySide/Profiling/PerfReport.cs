using System.Globalization;

namespace SpotifyCore.SideBySide.Profiling;

/// <summary>What <c>perf report --stdio</c> prints, sorted by one thing.</summary>
internal static class PerfReport
{
    /// <summary>The lines that have a share: <c>  31.25%  [kernel.kallsyms]</c>; of functions, <c>[k]</c> before.</summary>
    public static IReadOnlyList<SampleShare> Parse(string report) =>
    [
        .. report.Split('\n')
            .Select(static line => line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(static words => words is [[.., '%'], _])
            .Select(static words => new SampleShare(
                double.Parse(words[0].AsSpan()[..^1], CultureInfo.InvariantCulture) / 100, PlaceIn(words[1]))),
    ];

    private static string PlaceIn(string text) =>
        WithoutColumns(text is ['[', 'k' or '.', ']', ' ', .. var function] ? function : text);

    // Some versions have columns behind the function, for which nothing was recorded: a dash each.
    private static string WithoutColumns(string text) => text.AsSpan().TrimEnd(" -").ToString();
}
