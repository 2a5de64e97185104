using System.Globalization;
using System.Text;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Querying;

/// <summary>Writes FTS5's expressions. Nothing that was typed reaches its syntax: all of it stands in quotes.</summary>
internal static class MatchExpression
{
    /// <summary>Entries in which all words occur, by one of their alternatives each, within years and genres.</summary>
    public static string Of(IEnumerable<QueryWord> words, TypedQuery query)
    {
        var parts = words.Select(static word => AnyOf(word.Alternatives.Select(AllOf))).ToList();
        parts.AddRange(query.Genres.Select(static genre => Beginning(Marks.Genre + genre)));
        if (query.Years is var (from, to))
        {
            parts.Add(AnyOf(Enumerable.Range(from, to - from + 1)
                .Select(static year => Whole(Marks.Year + year.ToString(CultureInfo.InvariantCulture)))));
        }

        return string.Join(" AND ", parts);
    }

    /// <summary>Entries of which one of the names is just this, spaces aside.</summary>
    public static string Exactly(IEnumerable<string> keys) => AnyOf(OfKeys(keys).Select(Whole));

    /// <summary>Entries of which one of the names begins with this, spaces aside.</summary>
    public static string Beginning(IEnumerable<string> keys) => AnyOf(OfKeys(keys).Select(Beginning));

    private static IEnumerable<string> OfKeys(IEnumerable<string> keys) =>
        keys.SelectMany(static key => new[] { Marks.Artist + key, Marks.Title + key, Marks.Album + key });

    private static string AnyOf(IEnumerable<string> parts) => $"({string.Join(" OR ", parts)})";

    private static string AllOf(Alternative alternative) =>
        $"({string.Join(" AND ", alternative.Terms.Select(static term => Beginning(term)))})";

    private static string Beginning(string term) => Whole(term) + "*";

    private static string Whole(string term) =>
        new StringBuilder(term.Length + 2).Append('"').Append(term).Replace("\"", "\"\"", 1, term.Length).Append('"').ToString();
}
