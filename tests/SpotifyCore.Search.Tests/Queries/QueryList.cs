using System.Globalization;
using SpotifyCore.Testing;

namespace SpotifyCore.Search.Tests.Queries;

/// <summary>The list of what people type, and of what there is to be found.</summary>
internal static class QueryList
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "SpotifyCore.Search.Tests", "Queries");

    public static IReadOnlyList<ListedTrack> Tracks { get; } =
    [
        .. Lines("catalogue.tsv").Select(static line => new ListedTrack(
            line[0], Names(line[1]), Names(line[2]), line[3], Names(line[4]),
            int.Parse(line[5], CultureInfo.InvariantCulture), line[6],
            long.Parse(line[7], CultureInfo.InvariantCulture))),
    ];

    public static IReadOnlyList<ListedQuery> Queries { get; } =
    [
        .. Lines("queries.tsv").Select(static line =>
            new ListedQuery(line[0], line[1], line[2], line.Length > 3 && line[3] == "yes")),
    ];

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(static line => line.Split('\t'));

    private static string[] Names(string joined) => joined.Split(" | ", StringSplitOptions.RemoveEmptyEntries);
}
