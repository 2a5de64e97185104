using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Tests.Accounts;

public abstract class AccountStoreTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;

    private SessionStore Sessions => new(_database, TimeProvider.System, TimeSpan.FromDays(1));

    protected AccountStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = new AccountStore(_database, TimeProvider.System);
    }

    [Fact]
    public void Verify_AfterAdd_OnlyTheRightPassword()
    {
        _accounts.Add("Ann", "correct horse", AccountRoles.Listener | AccountRoles.Import);

        var account = _accounts.Verify("aNN", "correct horse");

        Assert.Equal(("ann", AccountRoles.Listener | AccountRoles.Import), (account!.Name, account.Roles));
        Assert.Null(_accounts.Verify("ann", "correct horsE"));
        Assert.Null(_accounts.Verify("bob", "correct horse"));
        Assert.Null(_accounts.Verify("", ""));
        Assert.Null(_accounts.Verify("ann", new string('x', 100_000)));
    }

    [Fact]
    public void List_Accounts_ByNameWithTheirSessions()
    {
        _accounts.Add("bob", "correct horse", AccountRoles.Import);
        var ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener);
        Sessions.Open(ann, new PeerId(1));
        Sessions.Open(ann, new PeerId(2));

        Assert.Equal(
            [("ann", AccountRoles.Listener, 2), ("bob", AccountRoles.Import, 0)],
            _accounts.List().Select(static entry => (entry.Account.Name, entry.Account.Roles, entry.Sessions)));
    }

    [Fact]
    public void Remove_Account_EndsItsSessionsAndFreesItsName()
    {
        var (token, _) = Sessions.Open(_accounts.Add("ann", "correct horse", AccountRoles.Listener), new PeerId(1));

        _accounts.Remove("Ann");

        Assert.Null(Sessions.Find(token));
        Assert.Null(_accounts.Verify("ann", "correct horse"));
        _accounts.Add("ann", "another horse", AccountRoles.Listener);
        Assert.Throws<AccountException>(() => _accounts.Remove("bob"));
    }

    [Fact]
    public void Rename_Account_KeepsPasswordAndSessions()
    {
        var (token, _) = Sessions.Open(_accounts.Add("ann", "correct horse", AccountRoles.Listener), new PeerId(1));
        _accounts.Add("bob", "correct horse", AccountRoles.Listener);

        _accounts.Rename("ann", "Anna");

        Assert.Equal("anna", Sessions.Find(token)!.Account.Name);
        Assert.NotNull(_accounts.Verify("anna", "correct horse"));
        Assert.Null(_accounts.Verify("ann", "correct horse"));
        Assert.Throws<AccountException>(() => _accounts.Rename("anna", "bob"));
        Assert.Throws<AccountException>(() => _accounts.Rename("anna", "a name"));
        Assert.Throws<AccountException>(() => _accounts.Rename("carl", "karl"));
    }

    [Fact]
    public void SetPassword_Account_EndsTheOldOneItsSessionsAndItsClients()
    {
        var ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener);
        var (token, _) = Sessions.Open(ann, new PeerId(1));
        var (others, _) = Sessions.Open(_accounts.Add("bob", "correct horse", AccountRoles.Listener), new PeerId(2));

        _accounts.SetPassword("Ann", "battery staple");

        Assert.Null(_accounts.Verify("ann", "correct horse"));
        Assert.Equal(ann, _accounts.Verify("ann", "battery staple"));
        Assert.Null(Sessions.Find(token));
        Assert.NotNull(Sessions.Find(others));
        Assert.False(Sessions.Knows("ann", new PeerId(1)));
        Assert.True(Sessions.Knows("bob", new PeerId(2)));
        Assert.Throws<AccountException>(() => _accounts.SetPassword("ann", "short"));
        Assert.Throws<AccountException>(() => _accounts.SetPassword("carl", "battery staple"));
    }

    [Fact]
    public void Verify_AnotherProcessAdded_Knows()
    {
        using var other = _store.Open();
        new AccountStore(other, TimeProvider.System).Add("ann", "correct horse", AccountRoles.Listener);

        Assert.NotNull(_accounts.Verify("ann", "correct horse"));
    }

    [Fact]
    public void Add_SamePasswordTwice_LeavesNothingAlike()
    {
        _accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _accounts.Add("bob", "correct horse", AccountRoles.Listener);

        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(DISTINCT salt), count(DISTINCT hash), min(iterations), min(length(hash)) FROM accounts";
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        Assert.Equal((2, 2, 64), (row.GetInt64(0), row.GetInt64(1), row.GetInt32(3)));
        Assert.True(row.GetInt32(2) >= 100_000);
    }

    [Fact]
    public void Add_TakenName_Throws()
    {
        _accounts.Add("ann", "correct horse", AccountRoles.Listener);

        Assert.Throws<AccountException>(() => _accounts.Add("ANN", "another horse", AccountRoles.Listener));
    }

    [Theory]
    [InlineData("", "long enough", AccountRoles.Listener)]
    [InlineData("a b", "long enough", AccountRoles.Listener)]
    [InlineData("é", "long enough", AccountRoles.Listener)]
    [InlineData("ann", "short", AccountRoles.Listener)]
    [InlineData("ann", "long enough", AccountRoles.None)]
    public void Add_Impossible_Throws(string name, string password, AccountRoles roles) =>
        Assert.Throws<AccountException>(() => _accounts.Add(name, password, roles));

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }
}

public sealed class SqliteAccountStoreTests() : AccountStoreTests(new SqliteStore());

public sealed class PostgresAccountStoreTests() : AccountStoreTests(new PostgresStore());
