using System.Globalization;

namespace SpotifyCore.SideBySide.Profiling;

/// <summary>The table that <c>strace -c</c> prints.</summary>
internal static class StraceSummary
{
    private const int CallsColumn = 3;
    private const int LeastColumns = 5;

    /// <summary>
    /// The calls, the most frequent first. A line has the share of time, seconds, microseconds a call, calls, errors if
    /// there were any, and the name.
    /// </summary>
    public static IReadOnlyList<SystemCallCount> Parse(string table) =>
    [
        .. table.Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static words => words.Length >= LeastColumns && words[^1] != "total"
                && double.TryParse(words[0], CultureInfo.InvariantCulture, out _))
            .Select(static words => new SystemCallCount(
                words[^1], long.Parse(words[CallsColumn], CultureInfo.InvariantCulture)))
            .OrderByDescending(static call => call.Calls),
    ];
}
