using Microsoft.Data.Sqlite;
using Microsoft.Extensions.ObjectPool;
using SpotifyCore.Content.Files;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Ranking;
using SpotifyCore.Search.Typos;

namespace SpotifyCore.Search;

/// <summary>
/// Finds tracks by what listeners type: a file of its own, derived from a catalogue, with entries in order of how often
/// they are played. Safe for many threads; readers and one writer don't wait for each other.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Hits are paged up to here.</summary>
    public const int MaxHits = 1_000;

    /// <summary>Of a query so many characters count.</summary>
    public const int MaxTyped = TypedQuery.MaxLength;

    // So many of the most popular are ranked; others follow in order of popularity.
    private const int Ranked = 300;

    private const int Version = 1;
    private const int FewHits = 3;
    private const int MaxExact = 100;
    private const int MaxCorrected = 6;
    private const int PagesOfStep = 250;
    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NoDatabase = 26; // SQLITE_NOTADB

    private readonly string _connectionString;
    private readonly Lock _writing = new();
    private readonly ObjectPool<IndexReader> _readers;
    private readonly Vocabulary _vocabulary = new();

    /// <summary>
    /// Opens the file, or makes it, for its owner alone. One that another version made, that was derived from another
    /// catalogue, or that is damaged, is made anew: it is empty then and at <see cref="Change"/> 0.
    /// </summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="catalogue">A number that no other catalogue has.</param>
    public SearchIndex(string path, long catalogue)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        try
        {
            Prepare(path, catalogue);
        }
        catch (Exception unusable) when (unusable is InvalidDataException || IsDamage(unusable))
        {
            ClosePool();
            Delete(path);
            Prepare(path, catalogue);
        }

        _readers = new DefaultObjectPoolProvider { MaximumRetained = Environment.ProcessorCount * 2 }
            .Create(new ReaderPolicy(_connectionString));
    }

    /// <summary>The number that was last handed to <see cref="Apply"/>: how far the index follows its catalogue.</summary>
    public long Change
    {
        get
        {
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT value FROM state WHERE name = 'change'";
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Puts entries in, in place of those with the same ids, and takes others out: all of it or nothing.</summary>
    /// <param name="entries">What is new or changed.</param>
    /// <param name="removed">Ids of what is gone.</param>
    /// <param name="change">What <see cref="Change"/> is from now on.</param>
    public void Apply(IEnumerable<SearchEntry> entries, IEnumerable<string> removed, long change)
    {
        lock (_writing)
        {
            var words = new List<string>();
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            using (var writer = new IndexWriter(connection, transaction))
            {
                foreach (var id in removed)
                    writer.Remove(id);
                foreach (var entry in entries)
                    writer.Put(entry, words);

                using var state = connection.CreateCommand();
                state.Transaction = transaction;
                state.CommandText =
                    """
                    UPDATE state SET value = CASE name WHEN 'next' THEN $next ELSE $change END
                    WHERE name IN ('next', 'change')
                    """;
                state.Parameters.AddWithValue("$next", writer.Next);
                state.Parameters.AddWithValue("$change", change);
                state.ExecuteNonQuery();
            }

            transaction.Commit();
            _vocabulary.Add(words);
        }
    }

    /// <summary>
    /// Takes a step of bringing what was added in many parts into few, which are read faster. Others that write wait
    /// for a step, of some milliseconds, and not for all of it.
    /// </summary>
    /// <param name="isFirstOfAll">Begins to bring all of it into one, for when much was put in.</param>
    /// <returns>Whether there is another step to take.</returns>
    public bool Merge(bool isFirstOfAll = false)
    {
        lock (_writing)
        {
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT total_changes()";
            var before = (long)command.ExecuteScalar()!;
            command.CommandText = "INSERT INTO terms (terms, rank) VALUES ('merge', $pages)";
            command.Parameters.AddWithValue("$pages", isFirstOfAll ? -PagesOfStep : PagesOfStep);
            command.ExecuteNonQuery();

            // A step that finds nothing to do changes one row.
            command.CommandText = "SELECT total_changes()";
            return (long)command.ExecuteScalar()! - before > 1;
        }
    }

    /// <summary>
    /// Entries in which every word occurs, whole or as a beginning, in any order: case, accents and signs aside; where
    /// there are few, also those of which one or two letters were mistyped. Any text is a query.
    /// </summary>
    /// <param name="typed">
    /// Words, and fields: <c>artist:</c>, <c>album:</c>, <c>title:</c>, <c>genre:</c>, <c>year:1990-1999</c>; values of
    /// several words in quotes.
    /// </param>
    /// <param name="limit">Most entries of the page.</param>
    /// <param name="offset">How many to pass over. No page goes beyond <see cref="MaxHits"/>.</param>
    public SearchAnswer Find(string typed, int limit, int offset = 0)
    {
        limit = Math.Min(limit, MaxHits - offset);
        var query = TypedQuery.Read(typed);
        if (query.IsEmpty || limit <= 0)
            return new SearchAnswer([], HasMore: false);

        var reader = _readers.Get();
        reader.Begin();
        try
        {
            // One more than is shown tells whether there are more.
            var found = Find(query, reader, Math.Max(limit + offset + 1, FewHits));
            return new SearchAnswer(
                found.Page(limit, offset), HasMore: limit + offset < Math.Min(found.Count, MaxHits));
        }
        finally
        {
            reader.End();
            _readers.Return(reader);
        }
    }

    /// <summary>Removes the file, which nobody has open.</summary>
    public static void Delete(string path)
    {
        foreach (var part in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(part);
    }

    /// <summary>Whether the file itself is what fails: it has to be made anew.</summary>
    public static bool IsDamage(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Corrupt or NoDatabase };

    /// <inheritdoc/>
    public void Dispose()
    {
        (_readers as IDisposable)?.Dispose();
        ClosePool();
    }

    private void ClosePool()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private Hits Find(TypedQuery query, IndexReader reader, int wanted)
    {
        var found = new Hits(wanted);
        var isOneName = query.Keys.Count > 0 && query.FieldKeys.Count == 0 && query.Years is null && query.Genres.Count == 0;
        if (isOneName)
            found.Take(reader, MatchExpression.Exactly(query.Keys), MaxExact, new RankedQuery(query, []));

        if (query.Words.Count > 0 || query.Years is not null || query.Genres.Count > 0)
        {
            var (expression, ranked) = (MatchExpression.Of(query.Words, query), new RankedQuery(query, query.Words));
            if (found.Take(reader, expression, Ranked, ranked) && found.Count < wanted)
                found.TakeRest(reader, expression, Ranked + MaxHits, ranked);
        }

        if (isOneName && found.Count < FewHits)
            found.Take(reader, MatchExpression.Beginning(query.Keys), MaxExact, new RankedQuery(query, []));

        for (var edits = 1; edits <= 2 && found.Count < FewHits; edits++)
        {
            if (Corrected(query, edits) is { } corrected)
                found.Take(reader, MatchExpression.Of(corrected, query), Ranked, new RankedQuery(query, corrected));
        }

        return found;
    }

    // Words that may be mistyped, the first of them, with those that may be meant beside them; null when there is none.
    private List<QueryWord>? Corrected(TypedQuery query, int edits)
    {
        var (any, left) = (false, MaxCorrected);
        var words = new List<QueryWord>(query.Words.Count);
        foreach (var word in query.Words)
        {
            var isLookedUp = Vocabulary.MayBeMistyped(word.Spelling, edits) && left-- > 0;
            var nearest = isLookedUp ? _vocabulary.Nearest(word.Spelling, edits) : [];
            any |= nearest.Count > 0;
            words.Add(word with
            {
                Alternatives =
                [
                    .. word.Alternatives, .. nearest.Select(static one => new Alternative([one.Word], one.Edits)),
                ],
            });
        }

        return any ? words : null;
    }

    private void Prepare(string path, long catalogue)
    {
        if (!File.Exists(path))
            DurableFile.TryCreate(path, [], forOwnerAlone: true);

        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteScalar();
        command.CommandText = "PRAGMA user_version";
        switch ((long)command.ExecuteScalar()!)
        {
            case 0:
                using (var transaction = connection.BeginTransaction())
                {
                    command.Transaction = transaction;
                    command.CommandText = ReadSchema();
                    command.Parameters.AddWithValue("$catalogue", catalogue);
                    command.ExecuteNonQuery();
                    transaction.Commit();
                }

                break;
            case Version:
                command.CommandText = "SELECT value FROM state WHERE name = 'catalogue'";
                if (command.ExecuteScalar() as long? != catalogue)
                    throw new InvalidDataException("Another catalogue's index.");

                command.CommandText = "SELECT term FROM vocabulary";
                using (var reader = command.ExecuteReader())
                    _vocabulary.Add(Terms(reader));

                break;
            default:
                throw new InvalidDataException("Another version made the index.");
        }
    }

    private static IEnumerable<string> Terms(SqliteDataReader reader)
    {
        while (reader.Read())
            yield return reader.GetString(0);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();

        // What a loss of power takes from the end, the catalogue still has.
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
        return connection;
    }

    private static string ReadSchema()
    {
        using var resource = typeof(SearchIndex).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    private sealed class ReaderPolicy(string connectionString) : PooledObjectPolicy<IndexReader>
    {
        public override IndexReader Create() => new(connectionString);

        public override bool Return(IndexReader reader) => true;
    }
}
