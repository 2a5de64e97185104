using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// A database of PostgreSQL, which several access points may share. A write that has returned is on the server's disk. A
/// connection that is lost fails what was under way on it; the next is made anew.
/// </summary>
internal sealed class PostgresDatabase : ServiceDatabase
{
    // What an operator's own words override. The server's connections are shared with the other access points.
    private const string Defaults =
        "Application Name=spotifycore-accesspoint;Maximum Pool Size=20;Max Auto Prepare=100;Timeout=5;";

    // A line that is cut in silence is noticed by a question now and then.
    private const string OfWatching = ";Pooling=false;Keepalive=10";

    private const string CatalogueChannel = "spotifycore_catalogue";
    private const string StreamsChannel = "spotifycore_streams";

    // Numbers of the turns ("spotify" and one each), under which pg_locks shows who has one and who waits.
    private const long SchemaTurn = 0x73706f74_69667900;
    private const long AccountsTurn = SchemaTurn + 1;
    private const long CatalogueTurn = SchemaTurn + 2;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _watching;
    private readonly Lock _writing = new();
    private readonly Lock _writingCatalogue = new();

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <param name="connectionString">As Npgsql has it.</param>
    /// <param name="keys">Files that belong to a database that was used: where there is one, an empty one is refused.</param>
    /// <exception cref="InvalidDataException">It was made by a later version, was lost, or is none for this.</exception>
    /// <exception cref="IOException">It can't be reached.</exception>
    public PostgresDatabase(string connectionString, params IReadOnlyList<string> keys)
    {
        _source = SourceOf(Defaults + connectionString);
        _watching = SourceOf(Defaults + connectionString + OfWatching);
        try
        {
            Prepare(keys);
        }
        catch (PostgresException refused)
        {
            Dispose();
            throw new InvalidDataException($"The database can't be used: {refused.MessageText}.", refused);
        }
        catch (NpgsqlException failed)
        {
            Dispose();
            throw new IOException($"The database can't be reached: {failed.Message}.", failed);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    internal override bool IsShared => true;

    /// <summary>Whether a text is such as names a database.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    /// <summary>Whether it holds neither accounts nor sounds.</summary>
    public bool IsEmpty()
    {
        using var connection = Open();
        return connection.Query(
            "SELECT NOT EXISTS (SELECT 1 FROM accounts) AND NOT EXISTS (SELECT 1 FROM recordings)")
            .Single(static row => row.GetBoolean(0));
    }

    /// <inheritdoc/>
    public override DbConnection Open() => _source.OpenConnection();

    /// <inheritdoc/>
    public override T Read<T>(Func<DbConnection, T> read)
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return read(connection);
    }

    /// <inheritdoc/>
    public override T Write<T>(Func<DbConnection, T> work)
    {
        // Here they wait without a connection each: readers need those.
        lock (_writing)
            return InTurn("SELECT pg_advisory_xact_lock(@turn)", AccountsTurn, work);
    }

    /// <inheritdoc/>
    public override T WriteCatalogue<T>(Func<DbConnection, T> work)
    {
        lock (_writingCatalogue)
            return InTurn($"SELECT pg_advisory_xact_lock(@turn), pg_notify('{CatalogueChannel}', '')", CatalogueTurn, work);
    }

    /// <inheritdoc/>
    public override async Task WatchAsync(Action changed, CancellationToken cancellationToken)
    {
        // Once for all that is told of meanwhile.
        var told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        await ListenAsync(
            CatalogueChannel, _ => told.Writer.TryWrite(true), () => FollowAsync(told.Reader, changed),
            () => told.Writer.Complete(), cancellationToken);
    }

    /// <inheritdoc/>
    internal override async Task WatchStreamsAsync(Action<long?> taken, CancellationToken cancellationToken)
    {
        var told = new TakenAccounts();
        await ListenAsync(StreamsChannel, told.Note, () => told.FollowAsync(taken), told.Complete, cancellationToken);
    }

    /// <inheritdoc/>
    internal override void TellTaken(DbConnection connection, long account) => connection.Execute(
        $"SELECT pg_notify('{StreamsChannel}', @account)",
        ("@account", account.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    internal override void Fill(
        DbConnection connection, string table, IReadOnlyList<string> columns, DbDataReader rows) =>
        PostgresCopy.Fill((NpgsqlConnection)connection, table, columns, rows);

    /// <inheritdoc/>
    internal override void TakeUpIds(DbConnection connection)
    {
        var tables = connection.Query(
            """
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'
            """).All(static row => row.GetString(0));
        foreach (var table in tables)
        {
            connection.Execute(
                $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}), FALSE)");
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _source.Dispose();
        _watching.Dispose();
    }

    /// <summary>
    /// Has a channel heard and what is told followed, until either ends: who follows no more would miss all that is told
    /// until the next is.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="told">Called with what is told, and once with nothing for what was told while nobody listened.</param>
    /// <param name="follow">Looks at what was told.</param>
    /// <param name="complete">Nothing more is told: has that end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task ListenAsync(
        string channel, Action<string> told, Func<Task> follow, Action complete, CancellationToken cancellationToken)
    {
        await using var connection = await _watching.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notice) => told(notice.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN {channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        told("");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = Task.Run(follow, CancellationToken.None);
        var ended = following.ContinueWith(
            _ => ending.CancelAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        try
        {
            while (true)
                await connection.WaitAsync(ending.Token);
        }
        finally
        {
            complete();
            await ended;
            await following;
        }
    }

    private static async Task FollowAsync(ChannelReader<bool> told, Action changed)
    {
        await foreach (var _ in told.ReadAllAsync())
            changed();
    }

    private static NpgsqlDataSource SourceOf(string connectionString) =>
        new NpgsqlSlimDataSourceBuilder(connectionString).EnableTransportSecurity().Build();

    // One writer at a time, among all access points, as with SQLite: a change reads much of what it then changes (which
    // track is at a place, which release most have, which number is next), and each statement after the lock sees all
    // that was committed before it. Nothing has to be tried again, as it would at a stricter isolation, where a large
    // import's edits all meet at the catalogue's number. The lock ends with the transaction, after its commit is seen:
    // so numbers of changes become visible in their order, and who follows them skips none.
    private T InTurn<T>(string begin, long turn, Func<DbConnection, T> work)
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        connection.Execute(begin, ("@turn", turn));
        var result = work(connection);
        transaction.Commit();
        return result;
    }

    private void Prepare(IReadOnlyList<string> keys)
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();

        // Of several access points that start at once one makes the tables.
        connection.Execute("SELECT pg_advisory_xact_lock(@turn)", ("@turn", SchemaTurn));
        ThrowIfUnfit(connection);
        var version = VersionOf(connection);
        ThrowIfLater(version);
        if (version == 0)
        {
            DatabaseFile.ThrowIfThere([.. keys], "The database is empty");
            connection.Execute(ReadScript("postgresql.sql"));
            version = SchemaVersion;
        }

        for (; version < SchemaVersion; version++)
            connection.Execute(ReadScript($"postgresql-from-version-{version}.sql"));

        transaction.Commit();
    }

    private static void ThrowIfUnfit(DbConnection connection)
    {
        var (encoding, commits) = connection.Query(
            "SELECT current_setting('server_encoding'), current_setting('synchronous_commit')")
            .Single(static row => (row.GetString(0), row.GetString(1)));
        if (encoding != "UTF8")
            throw new InvalidDataException($"The database has the encoding {encoding}: make it with ENCODING 'UTF8'.");
        if (commits == "off")
        {
            throw new InvalidDataException(
                "The database acknowledges what is not on its disk (synchronous_commit = off): switch it on.");
        }
    }

    private static int VersionOf(DbConnection connection) =>
        connection.Query("SELECT to_regclass('schema') IS NOT NULL").Single(static row => row.GetBoolean(0))
            ? connection.Query("SELECT version FROM schema").Single(static row => row.GetInt32(0))
            : 0;
}
