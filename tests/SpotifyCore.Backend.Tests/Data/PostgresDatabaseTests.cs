using System.Data.Common;
using System.Security.Cryptography;
using Npgsql;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>What is PostgreSQL's own.</summary>
public sealed class PostgresDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly PostgresStore _store = new();

    [Fact]
    public void Open_ManyAtOnceAtFirst_MakeTheTablesOnce()
    {
        Parallel.For(0, 8, _ => _store.Open().Dispose());

        using var database = _store.Open();
        Assert.True(new CatalogueChanges(database).ReadState().Catalogue != 0);
    }

    [Fact]
    public void Tables_OfBothStores_HaveTheSameColumns()
    {
        using var ours = _store.Open();
        using var file = new SqliteDatabase(_directory["service.db"]);
        using var there = ours.Open();
        using var here = file.Open();

        Assert.Equal(
            here.Query("""
                SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
                WHERE m.type IN ('table', 'view')
                """).All(static row => row.GetString(0)).Order(StringComparer.Ordinal),
            there.Query("""
                SELECT (table_name || '.' || column_name)::text FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name <> 'schema'
                """).All(static row => row.GetString(0)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Open_OfVersionNine_HasWhatCameSince()
    {
        using (var former = NpgsqlDataSource.Create(_store.ConnectionString))
        {
            using var connection = former.OpenConnection();
            connection.Execute(FormerDatabase.ReadText("version10-postgresql.sql"));
            connection.Execute("ALTER TABLE sources DROP COLUMN stamp");
            connection.Execute("UPDATE schema SET version = 9");
        }

        using var database = _store.Open();
        using var migrated = database.Open();

        Assert.Equal(
            ServiceDatabase.SchemaVersion,
            migrated.Query("SELECT version FROM schema").Single(static row => row.GetInt32(0)));
        Assert.Equal(
            "bytea",
            migrated.Query("SELECT pg_typeof(stamp)::text FROM (SELECT 1) one LEFT JOIN sources ON TRUE")
                .Single(static row => row.GetString(0)));
    }

    [Fact]
    public void Open_OfVersionTen_KeepsPasswordsAndSessionsAndIsTheSameAsMadeAnew()
    {
        using (var former = NpgsqlDataSource.Create(_store.ConnectionString))
        {
            using var connection = former.OpenConnection();
            connection.Execute(FormerDatabase.ReadText("version10-postgresql.sql"));
            var salt = RandomNumberGenerator.GetBytes(16);
            connection.Execute(
                "INSERT INTO accounts (name, roles, salt, iterations, hash, created) VALUES ('ann', 1, @salt, 120000, @hash, 7)",
                ("@salt", salt),
                ("@hash", Rfc2898DeriveBytes.Pbkdf2("correct horse", salt, 120_000, HashAlgorithmName.SHA512, 64)));
            connection.Execute(
                "INSERT INTO sessions SELECT @hash, id, @peer, @peer, 32503680000000 FROM accounts",
                ("@hash", SHA256.HashData(new byte[32])), ("@peer", new byte[16]));
        }

        using var migrated = _store.Open();

        var accounts = TestAccounts.In(migrated);
        Assert.Null(accounts.Verify("ann", "wrong horse"));
        var ann = accounts.Verify("ann", "correct horse")!;
        var sessions = new SessionStore(migrated, TimeProvider.System, TimeSpan.FromDays(1));
        Assert.Equal(ann, sessions.Find(new string('A', 43))!.Account);
        Assert.Equal(
            (new SessionOrigin("", "") { Kind = DeviceKind.Desktop }, 0),
            (sessions.List(ann)[0].Origin, sessions.List(ann)[0].Seen));
        using var anew = new PostgresStore();
        using var made = anew.Open();
        Assert.Equal(ColumnsOf(made), ColumnsOf(migrated));
    }

    [Fact]
    public void Open_OfALaterVersion_IsRefused()
    {
        using (var database = _store.Open())
        {
            using var connection = database.Open();
            connection.Execute("UPDATE schema SET version = 99");
        }

        Assert.Contains("version 99", Assert.Throws<InvalidDataException>(() => _store.Open()).Message);
    }

    [Fact]
    public void Open_EmptyBesideAKey_IsRefusedUntilItIsNotEmpty()
    {
        File.WriteAllText(_directory["secret"], "secret");

        var refused = Assert.Throws<InvalidDataException>(
            () => new PostgresDatabase(_store.ConnectionString, _directory["secret"]));

        Assert.Contains("restore the database from a backup", refused.Message);
        _store.Open().Dispose();
        new PostgresDatabase(_store.ConnectionString, _directory["secret"]).Dispose();
    }

    [Fact]
    public void Open_ServerThatAcknowledgesBeforeItsDisk_IsRefused()
    {
        var refused = Assert.Throws<InvalidDataException>(
            () => new PostgresDatabase(_store.ConnectionString + ";Options=-c synchronous_commit=off"));

        Assert.Contains("synchronous_commit", refused.Message);
    }

    [Fact]
    public void Open_NoServer_SaysThatItCantBeReached()
    {
        var failed = Assert.Throws<IOException>(
            () => new PostgresDatabase($"Host={_directory.Path};Username=nobody;Password=hidden;Database=none"));

        Assert.StartsWith("The database can't be reached", failed.Message);
        Assert.DoesNotContain("hidden", failed.Message);
    }

    [Theory]
    [InlineData("Host=db;Username=spotifycore;Password=x;Database=spotifycore", true)]
    [InlineData("Host=/run/postgresql", true)]
    [InlineData("service.db", false)]
    [InlineData("Username=spotifycore", false)]
    [InlineData("Host=db;Prot=1", false)]
    [InlineData("Host=db;Port=many", false)]
    public void IsConnectionString_Text_OnlyIfItNamesAServer(string text, bool isOne) =>
        Assert.Equal(isOne, PostgresDatabase.IsConnectionString(text));

    [Fact]
    public async Task WriteCatalogue_WhileAnotherHasANumber_WaitsForItsCommit()
    {
        using var first = _store.Open();
        using var second = _store.Open();
        using var isNumbered = new ManualResetEventSlim();
        using var mayCommit = new ManualResetEventSlim();
        var earlier = Task.Run(() => first.WriteCatalogue(connection =>
        {
            var number = ChangeNumbers.Next(connection);
            isNumbered.Set();
            mayCommit.Wait();
            return number;
        }));
        isNumbered.Wait();

        var later = Task.Run(() => second.WriteCatalogue(static connection => ChangeNumbers.Next(connection)));

        await Eventually.TrueAsync(() => CountWaiting() == 1);
        Assert.False(later.IsCompleted);
        Assert.Equal(0, new CatalogueChanges(first).ReadState().Change);
        mayCommit.Set();
        Assert.Equal((1, 2), (await earlier, await later));
    }

    [Fact]
    public async Task Write_WhileAnImportWrites_WaitsNotForIt()
    {
        using var database = _store.Open();
        using var isWriting = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var import = Task.Run(() => database.WriteCatalogue(_ =>
        {
            isWriting.Set();
            mayEnd.Wait();
            return true;
        }));
        isWriting.Wait();

        TestAccounts.In(database).Add("ann", "correct horse", AccountRoles.Listener);

        mayEnd.Set();
        Assert.True(await import);
    }

    [Fact]
    public void Keys_OfAnotherAccessPoint_AreRefused()
    {
        using var database = _store.Open();
        ContentKeys.Open(_directory["secret"], database);
        OpenTickets("ticket.key", database).Dispose();

        Assert.Throws<InvalidDataException>(() => ContentKeys.Open(_directory["other.secret"], database));
        var missing = Assert.Throws<InvalidDataException>(() => OpenTickets("other.key", database));
        Assert.Contains("copy that of another", missing.Message);
        Assert.False(File.Exists(_directory["other.key"]));

        using (TicketAuthority.LoadOrCreate(_directory["other.key"], TimeProvider.System, TimeSpan.FromHours(1)))
            Assert.Throws<InvalidDataException>(() => OpenTickets("other.key", database));

        OpenTickets("ticket.key", database).Dispose();
    }

    [Fact]
    public async Task Server_Restarted_FailsWhatWasUnderWayAndServesAgain()
    {
        using var server = new PostgresServer();
        using var database = new PostgresDatabase(server.MakeDatabase());
        var accounts = TestAccounts.In(database);
        accounts.Add("ann", "correct horse", AccountRoles.Listener);

        server.Stop();
        Assert.ThrowsAny<DbException>(() => accounts.List());
        Assert.ThrowsAny<DbException>(() => accounts.Remove("ann"));
        server.Start();

        await Eventually.TrueAsync(() => IsServed(accounts));
        accounts.Add("bob", "correct horse", AccountRoles.Listener);
        Assert.Equal(["ann", "bob"], accounts.List().Select(static entry => entry.Account.Name));
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private static IEnumerable<string> ColumnsOf(ServiceDatabase database)
    {
        using var connection = database.Open();
        return connection.Query("""
            SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name)
            FROM information_schema.columns WHERE table_schema = current_schema()
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
            """).All(static row => row.GetString(0)).Order(StringComparer.Ordinal);
    }

    private static bool IsServed(AccountStore accounts)
    {
        try
        {
            return accounts.List().Count == 1;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private TicketAuthority OpenTickets(string file, ServiceDatabase database) =>
        TicketAuthority.Open(_directory[file], database, TimeProvider.System, TimeSpan.FromHours(1));

    private long CountWaiting()
    {
        using var database = _store.Open();
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted
            """).Single(static row => row.GetInt64(0));
    }
}
