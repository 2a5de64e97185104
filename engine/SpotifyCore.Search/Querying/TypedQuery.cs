using System.Globalization;
using System.Text.RegularExpressions;
using SpotifyCore.Content.Names;

namespace SpotifyCore.Search.Querying;

/// <summary>
/// What a listener typed: words, and fields such as <c>artist:name</c>, <c>album:"two words"</c>, <c>year:1990-1999</c>
/// and <c>genre:rock</c>. Any text is a query; what does not read as a field is words.
/// </summary>
internal sealed partial class TypedQuery
{
    /// <summary>What stands beyond so many characters does not count.</summary>
    public const int MaxLength = 500;

    // Those beyond do not count: more is found then, never less.
    private const int MaxWords = 16;

    // Nothing was recorded in others; they are asked for one at a time.
    private const int FirstYear = 1_700;
    private const int LastYear = 2_199;

    private TypedQuery(
        string free, IReadOnlyList<QueryWord> words, IReadOnlyList<(Field, string)> fieldKeys,
        (int From, int To)? years, IReadOnlyList<string> genres)
    {
        FieldKeys = fieldKeys;
        Keys = [.. NameTerms.Keys(free)];
        Words = words;
        Years = years;
        Genres = genres;
    }

    /// <summary>The keys of what belongs to no field, with its signs first; none when there is nothing.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The keys of what belongs to fields.</summary>
    public IReadOnlyList<(Field Field, string Key)> FieldKeys { get; }

    /// <summary>All words, those of fields too; at most 16.</summary>
    public IReadOnlyList<QueryWord> Words { get; }

    /// <summary>The first and the last year, if asked for; at most 500.</summary>
    public (int From, int To)? Years { get; }

    /// <summary>Words of the genre; at most 16.</summary>
    public IReadOnlyList<string> Genres { get; }

    /// <summary>What may name an artist: what belongs to no field, and what belongs to that.</summary>
    public required string Artist { get; init; }

    /// <summary>Signs alone: a name, and no words.</summary>
    public bool IsName => Words.Count == 0 && Keys.Count > 0 && Years is null && Genres.Count == 0;

    /// <summary>A name alone: nothing beside it says what else must be.</summary>
    public bool IsOneName => Keys.Count > 0 && FieldKeys.Count == 0 && Years is null && Genres.Count == 0;

    /// <summary>True when nothing can be found by it.</summary>
    public bool IsEmpty => Words.Count == 0 && Keys.Count == 0 && Years is null && Genres.Count == 0;

    /// <summary>Reads what was typed.</summary>
    public static TypedQuery Read(string typed)
    {
        typed = typed.Length > MaxLength ? typed[..MaxLength] : typed;
        (int, int)? years = null;
        var genres = new List<string>();
        var words = new List<QueryWord>();
        var fieldKeys = new List<(Field, string)>();
        var artists = new List<string>();
        var free = FieldPattern().Replace(typed, match =>
        {
            var value = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["word"].Value;
            switch (match.Groups["name"].Value.ToLowerInvariant())
            {
                case "year":
                    if (ReadYears(value) is not { } read)
                        return match.Value;

                    years = read;
                    break;
                case "genre":
                    genres.AddRange(NameTerms.Words(value));
                    break;
                case var name:
                    var field = name switch
                    {
                        "artist" => Field.Artist,
                        "album" => Field.Album,
                        _ => Field.Title,
                    };
                    if (field == Field.Artist)
                        artists.Add(value);

                    words.AddRange(QueryWord.Of(value, field));
                    fieldKeys.AddRange(NameTerms.Keys(value).Select(key => (field, key)));
                    break;
            }

            return " ";
        });
        words.InsertRange(0, QueryWord.Of(free, Field.Any));
        return new TypedQuery(free, [.. words.Take(MaxWords)], fieldKeys, years, [.. genres.Take(MaxWords)])
        {
            Artist = string.Join(' ', artists.Prepend(free)).Trim(),
        };
    }

    private static (int From, int To)? ReadYears(string value)
    {
        var ends = value.Split('-', '–');
        if (ends.Length > 2 || !ReadYear(ends[0], out var from) || !ReadYear(ends[^1], out var to))
            return null;

        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        var (first, last) = (Math.Max(from, FirstYear), Math.Min(to, LastYear));
        return first <= last ? (first, last) : (from, from);
    }

    private static bool ReadYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is > 0 and < 10_000;

    [GeneratedRegex(
        """(?:^|\s)(?<name>artist|album|title|year|genre):(?:"(?<quoted>[^"]*)"?|(?<word>\S+))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FieldPattern();
}
