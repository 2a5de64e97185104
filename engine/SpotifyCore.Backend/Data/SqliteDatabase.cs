using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// One SQLite file: many readers at a time, one writer. A write that has returned is on the disk (write-ahead log,
/// synchronous=FULL).
/// </summary>
internal sealed class SqliteDatabase : ServiceDatabase
{
    // From version 1: what it lacks.
    private const string FromFirst = """
        CREATE TABLE service (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """;

    // From version 2.
    private const string FromSecond = """
        CREATE TABLE devices (
          account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
          peer    BLOB NOT NULL,
          seen    INTEGER NOT NULL,
          PRIMARY KEY (account, peer)
        ) WITHOUT ROWID;
        """;

    // From version 3.
    private const string FromThird = """
        CREATE TABLE pseudonyms (
          account   INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
          pseudonym BLOB NOT NULL,
          until     INTEGER NOT NULL
        );
        """;

    // From version 4.
    private const string FromFourth = """
        CREATE INDEX sources_by_track ON sources(track);
        """;

    // From version 5: the search has a file of its own, which follows the numbers of the changes.
    private const string FromFifth = """
        DROP TABLE search;
        ALTER TABLE tracks ADD COLUMN plays INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tracks ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
        UPDATE tracks SET change = id;
        CREATE INDEX tracks_by_change ON tracks(change);
        CREATE TABLE catalogue (id INTEGER NOT NULL, change INTEGER NOT NULL);
        INSERT INTO catalogue SELECT random(), coalesce(max(id), 0) FROM tracks;
        """;

    private static readonly string[] Steps =
    [
        FromFirst, FromSecond, FromThird, FromFourth, FromFifth,
        .. Enumerable.Range(6, SchemaVersion - 6).Select(static version => ReadScript($"sqlite-from-version-{version}.sql")),
    ];

    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NoDatabase = 26; // SQLITE_NOTADB

    private readonly string _path;
    private readonly string _connectionString;
    private readonly Lock _writing = new();

    /// <summary>Opens the file, or makes it with all its tables.</summary>
    /// <exception cref="InvalidDataException">The file was made by a later version, or is damaged.</exception>
    public SqliteDatabase(string path)
    {
        _path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        CreateForOwnerAlone(path);
        WithDamageSaid(Prepare);
    }

    /// <summary>The tables as they are made.</summary>
    public static string Schema => ReadScript("sqlite.sql");

    /// <inheritdoc/>
    internal override bool IsShared => false;

    /// <summary>Looks through the whole file for damage (<c>quick_check</c>); takes a read of all of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message says what to restore.</exception>
    public void ThrowIfDamaged() => WithDamageSaid(() =>
    {
        using var connection = OpenFile();
        var found = connection.Query("PRAGMA quick_check(1)").Single(static row => row.GetString(0));
        if (found != "ok")
            throw Damaged(found ?? "it has no answer");
    });

    /// <inheritdoc/>
    public override DbConnection Open() => OpenFile();

    /// <inheritdoc/>
    public override T Read<T>(Func<DbConnection, T> read)
    {
        using var connection = OpenFile();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection);
    }

    /// <inheritdoc/>
    public override T Write<T>(Func<DbConnection, T> work)
    {
        lock (_writing)
        {
            using var connection = OpenFile();
            using var transaction = connection.BeginTransaction();
            var result = work(connection);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc/>
    public override T WriteCatalogue<T>(Func<DbConnection, T> work) => Write(work);

    /// <inheritdoc/>
    public override Task WatchAsync(Action changed, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    internal override Task WatchStreamsAsync(Action<long?> taken, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    internal override void TellTaken(DbConnection connection, long account)
    {
        // There are no others.
    }

    /// <inheritdoc/>
    internal override void Fill(
        DbConnection connection, string table, IReadOnlyList<string> columns, DbDataReader rows)
    {
        var values = columns.Select(static (_, index) => ($"@p{index}", (object?)null)).ToArray();
        using var insert = connection.Query(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns)})
            VALUES ({string.Join(", ", values.Select(static one => one.Item1))})
            """,
            values);
        while (rows.Read())
        {
            for (var i = 0; i < columns.Count; i++)
                insert.Parameters[i].Value = rows.GetValue(i);

            insert.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    internal override void TakeUpIds(DbConnection connection)
    {
        // The next is the one after the greatest, whoever gave that.
    }

    /// <summary>Has all lie in the file alone, without a log; only for one that nobody else has open.</summary>
    public void MakeOneFile()
    {
        CloseIdle();
        using var connection = OpenFile();
        connection.Execute("PRAGMA journal_mode = DELETE");
    }

    /// <summary>Closes the idle connections.</summary>
    public override void Dispose() => CloseIdle();

    private void CloseIdle()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection OpenFile()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    private void WithDamageSaid(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Damaged(damaged.Message);
        }
    }

    private InvalidDataException Damaged(string found) =>
        new($"The database '{_path}' is damaged: restore it from a backup. ({found})");

    private static void CreateForOwnerAlone(string path)
    {
        // SQLite gives its log the mode of the database, so that has to be right from the start. A file that is there
        // must not be touched: closing it would end the locks that this process holds on it.
        if (File.Exists(path))
            return;

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        new FileStream(path, options).Dispose();
    }

    private void Prepare()
    {
        using var connection = OpenFile();
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        var version = connection.Query("PRAGMA user_version").Single(static row => row.GetInt32(0));
        ThrowIfLater(version);
        if (version == 0)
            connection.Execute(Schema);
        else if (version < SchemaVersion)
            connection.Execute(string.Concat(Steps.Skip(version - 1)));

        transaction.Commit();
    }
}
