using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class AccountStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;

    public AccountStoreTests()
    {
        _database = new ServiceDatabase(_directory["service.db"]);
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
    public void Verify_AnotherProcessAdded_Knows()
    {
        using var other = new ServiceDatabase(_directory["service.db"]);
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
        Assert.Equal((2, 2, 64), (row.GetInt32(0), row.GetInt32(1), row.GetInt32(3)));
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

    [Fact]
    public void Database_OfALaterVersion_IsRefused()
    {
        using (var connection = _database.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Throws<InvalidDataException>(() => new ServiceDatabase(_directory["service.db"]));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
