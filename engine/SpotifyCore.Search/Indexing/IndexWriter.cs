using System.Globalization;
using Microsoft.Data.Sqlite;
using SpotifyCore.Content.Names;

namespace SpotifyCore.Search.Indexing;

/// <summary>The statements of one transaction that changes the index.</summary>
internal sealed class IndexWriter : IDisposable
{
    private const int ClassShift = 40;

    private readonly SqliteCommand _find;
    private readonly SqliteCommand _dropEntry;
    private readonly SqliteCommand _dropTerms;
    private readonly SqliteCommand _putEntry;
    private readonly SqliteCommand _putTerms;
    private long _next;

    public IndexWriter(SqliteConnection connection, SqliteTransaction transaction)
    {
        SqliteCommand Prepare(string sql)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            return command;
        }

        _find = Prepare("SELECT place FROM entries WHERE id = $id");
        _dropEntry = Prepare("DELETE FROM entries WHERE place = $place");
        _dropTerms = Prepare("DELETE FROM terms WHERE rowid = $place");
        _putEntry = Prepare("INSERT INTO entries VALUES ($place, $id, $plays, $title, $artists, $album, $keys)");
        _putTerms = Prepare("INSERT INTO terms (rowid, words) VALUES ($place, $terms)");
        using var next = Prepare("SELECT value FROM state WHERE name = 'next'");
        _next = (long)next.ExecuteScalar()!;
    }

    /// <summary>The number that the next entry gets, to be kept.</summary>
    public long Next => _next;

    /// <summary>Takes an entry out, if it is there.</summary>
    public void Remove(string id)
    {
        if (Run(_find, ("$id", id)) is not long place)
            return;

        Run(_dropEntry, ("$place", place));
        Run(_dropTerms, ("$place", place));
    }

    /// <summary>Puts an entry in, in place of what has its id; adds its words to those that are known.</summary>
    public void Put(SearchEntry entry, ICollection<string> words)
    {
        Remove(entry.Id);
        var title = TermsOf([entry.Title]);
        var artists = TermsOf(entry.Artists.Concat(entry.Aliases));
        var album = TermsOf([entry.Album]);
        var keys = KeysOf(entry);
        var place = ((long)Popularity.ClassOf(entry.Plays) << ClassShift) | _next++;
        Run(
            _putEntry,
            ("$place", place), ("$id", entry.Id), ("$plays", entry.Plays),
            ("$title", Spaced(title)), ("$artists", Spaced(artists)), ("$album", Spaced(album)), ("$keys", Spaced(keys)));
        Run(
            _putTerms,
            ("$place", place),
            ("$terms", string.Join(' ', title.Concat(artists).Concat(album).Concat(keys).Concat(FactsOf(entry)).Distinct())));
        foreach (var word in title.Concat(artists))
            words.Add(word);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in new[] { _find, _dropEntry, _dropTerms, _putEntry, _putTerms })
            command.Dispose();
    }

    private static HashSet<string> TermsOf(IEnumerable<string> names)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            NameTerms.Add(name, terms);

        return terms;
    }

    private static HashSet<string> KeysOf(SearchEntry entry)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        keys.UnionWith(NameTerms.Keys(entry.Title).Select(static key => Marks.Title + key));
        keys.UnionWith(NameTerms.Keys(entry.Album).Select(static key => Marks.Album + key));
        keys.UnionWith(entry.Artists.Concat(entry.Aliases).SelectMany(NameTerms.Keys)
            .Select(static key => Marks.Artist + key));
        return keys;
    }

    private static IEnumerable<string> FactsOf(SearchEntry entry)
    {
        if (entry.Year > 0)
            yield return Marks.Year + entry.Year.ToString(CultureInfo.InvariantCulture);

        foreach (var word in NameTerms.Words(entry.Genre))
            yield return Marks.Genre + word;
    }

    private static string Spaced(IEnumerable<string> terms) => $" {string.Join(' ', terms)} ";

    private static object? Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);

        return command.ExecuteScalar();
    }
}
