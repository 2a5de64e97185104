using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>Sessions in a file.</summary>
public sealed class SqliteSessionTests : IDisposable
{
    private static readonly PeerId Peer = new(42);

    private readonly TempDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SessionStore _sessions;
    private readonly Account _account;

    public SqliteSessionTests()
    {
        _database = new SqliteDatabase(_directory["service.db"]);
        _sessions = new SessionStore(_database, TimeProvider.System, TimeSpan.FromDays(1));
        _account = TestAccounts.In(_database).Add("ann", "correct horse", AccountRoles.Listener);
    }

    [Fact]
    public void Database_OfVersionThree_IsTakenUp()
    {
        var (token, _) = _sessions.Open(_account, Peer);
        FormerDatabase.Unpack("version5.db.gz", _directory["former.db"]);
        using (var connection = new SqliteConnection($"Data Source={_directory["former.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                ATTACH $made AS made; DELETE FROM accounts;
                INSERT INTO accounts (id, name, roles, salt, iterations, hash, created)
                  SELECT id, name, roles, zeroblob(16), 120000, zeroblob(64), created FROM made.accounts;
                INSERT INTO sessions (token_hash, account, peer, pseudonym, expires)
                  SELECT token_hash, account, peer, pseudonym, expires FROM made.sessions;
                DROP TABLE pseudonyms; DROP INDEX sources_by_track; PRAGMA user_version = 3
                """;
            command.Parameters.AddWithValue("$made", _directory["service.db"]);
            command.ExecuteNonQuery();
        }

        using var again = new SqliteDatabase(_directory["former.db"]);
        var sessions = new SessionStore(again, TimeProvider.System, TimeSpan.FromDays(1));
        var session = sessions.Find(token)!;
        sessions.Close(session);
        Assert.Equal(session.Pseudonym, sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void Database_NeverHoldsAToken()
    {
        var (token, _) = _sessions.Open(_account, Peer);
        _database.Dispose();

        foreach (var file in Directory.GetFiles(_directory.Path))
            Assert.DoesNotContain(token, File.ReadAllText(file), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
