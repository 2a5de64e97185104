using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SpotifyCore.Search.Indexing;

/// <summary>A connection that reads, with its statements prepared; used by one at a time.</summary>
internal sealed class IndexReader : IDisposable
{
    private const string Matching = """
        SELECT e.place, e.plays, e.title, e.artists, e.album, e.keys, e.id
        FROM terms t JOIN entries e ON e.place = t.rowid
        WHERE terms MATCH ?1 ORDER BY t.rowid LIMIT ?2
        """;

    // In KiB: common beginnings and the entries that are played most stay in memory.
    private const int PagesKept = 8_192;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _matching;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _end;

    /// <summary>Opens the index, which is there.</summary>
    public IndexReader(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        Check(raw.sqlite3_exec(_connection.Handle, $"PRAGMA cache_size = -{PagesKept}"));
        _matching = Prepare(Matching);
        _begin = Prepare("BEGIN");
        _end = Prepare("COMMIT");
    }

    /// <summary>What is read from here on is of one moment, until <see cref="End"/>.</summary>
    public void Begin() => Run(_begin);

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public void End() => Run(_end);

    /// <summary>
    /// Hands over entries that an expression matches, in order of their places, until there are no more, so many were
    /// read, or the taker has enough.
    /// </summary>
    /// <returns>How many were read.</returns>
    public int Read(string expression, int limit, RowTaker take)
    {
        try
        {
            Check(raw.sqlite3_bind_text(_matching, 1, expression));
            Check(raw.sqlite3_bind_int(_matching, 2, limit));
            var (read, state) = (0, raw.sqlite3_step(_matching));
            for (; state == raw.SQLITE_ROW; state = raw.sqlite3_step(_matching))
            {
                read++;
                var row = new EntryRow
                {
                    Place = raw.sqlite3_column_int64(_matching, 0),
                    Plays = raw.sqlite3_column_int64(_matching, 1),
                    Title = raw.sqlite3_column_blob(_matching, 2),
                    Artists = raw.sqlite3_column_blob(_matching, 3),
                    Album = raw.sqlite3_column_blob(_matching, 4),
                    Keys = raw.sqlite3_column_blob(_matching, 5),
                };
                if (!take(row, this))
                    return read;
            }

            Check(state == raw.SQLITE_DONE ? raw.SQLITE_OK : state);
            return read;
        }
        finally
        {
            _ = raw.sqlite3_reset(_matching);
        }
    }

    /// <summary>The id of the entry that is being handed over.</summary>
    public string ReadId() => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_matching, 6));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { _matching, _begin, _end })
            statement.Dispose();

        _connection.Dispose();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement));
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        _ = raw.sqlite3_step(statement);
        Check(raw.sqlite3_reset(statement));
    }

    private void Check(int state)
    {
        if (state != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), state);
    }

    /// <summary>Takes an entry; false for enough.</summary>
    internal delegate bool RowTaker(in EntryRow row, IndexReader reader);
}
