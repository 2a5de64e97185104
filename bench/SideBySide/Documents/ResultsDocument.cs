using System.Globalization;
using System.Text;
using SpotifyCore.SideBySide.Profiling;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Documents;

/// <summary>
/// The document of figures. What a run measured stands between marks and is written anew; what people wrote about it,
/// outside of them, stays.
/// </summary>
internal static class ResultsDocument
{
    private const int MostPlaces = 5;
    private const int MostCalls = 4;
    private const double LeastCallsAChunk = 0.005;

    /// <summary>A document with its figures, and its profiles where there are any, written anew.</summary>
    /// <exception cref="InvalidOperationException">It has no such marks.</exception>
    public static string Renew(
        string document, string machine, IReadOnlyList<Comparison> comparisons, IReadOnlyList<SideProfile> profiles)
    {
        var renewed = Replace(document, "figures", $"{machine}\n\n{Table(comparisons)}");
        return profiles.Count == 0 ? renewed : Replace(renewed, "profiles", Table(profiles));
    }

    private static string Replace(string document, string name, string content)
    {
        var (opening, closing) = ($"<!-- {name} -->\n", $"<!-- end of {name} -->");
        var (start, end) = (
            document.IndexOf(opening, StringComparison.Ordinal), document.IndexOf(closing, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidOperationException($"The document has no place for {name}: {opening.Trim()}, {closing}.");

        return $"{document[..(start + opening.Length)]}\n{content}\n{document[end..]}";
    }

    private static string Table(IReadOnlyList<Comparison> comparisons)
    {
        var table = new StringBuilder();
        table.AppendLine("| what | unit | ours | reference | | ratio | spread | budget |");
        table.AppendLine("|---|---|---:|---:|---|---:|---:|---|");
        foreach (var one in comparisons)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"""
                | {one.Name} | {one.Unit} | {SummaryTable.Figure(one.Ours)} | {SummaryTable.Figure(one.Reference)} | {
                one.ReferenceName} | {one.Ratio:F2} | {100 * one.Spread:F0} % | {SummaryTable.Verdict(one)} |
                """);
        }

        return table.ToString();
    }

    private static string Table(IReadOnlyList<SideProfile> profiles)
    {
        var table = new StringBuilder();
        table.AppendLine("| what | who | where the time goes | most of it in | system calls |");
        table.AppendLine("|---|---|---|---|---|");
        foreach (var one in profiles)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"""
                | {one.Trial} | {one.Side} | {Shares(one.Modules)} | {Shares(one.Functions)} | {Calls(one)} |
                """);
        }

        return table.ToString();
    }

    private static string Shares(IReadOnlyList<SampleShare> shares) => string.Join(", ", shares.Take(MostPlaces)
        .Select(static one => string.Create(CultureInfo.InvariantCulture, $"`{one.Place}` {100 * one.Share:F0} %")));

    private static string Calls(SideProfile profile) => profile.Chunks > 0
        ? string.Join(", ", profile.Calls.Take(MostCalls)
            .Select(call => (call.Name, AChunk: call.Calls / profile.Chunks))
            .Where(static call => call.AChunk >= LeastCallsAChunk)
            .Select(static call => string.Create(
                CultureInfo.InvariantCulture, $"{call.AChunk:F2} {call.Name} a chunk")))
        : string.Join(", ", profile.Calls.Take(MostCalls).Select(static call => $"{call.Calls} {call.Name}"));
}
