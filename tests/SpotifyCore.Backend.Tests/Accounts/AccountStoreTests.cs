using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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

    // As an access point hashes.
    private AccountStore DearAccounts => new(_database, new PasswordHasher(), TimeProvider.System);

    private SessionStore Sessions => new(_database, TimeProvider.System, TimeSpan.FromDays(1));

    protected AccountStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database);
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
        TestAccounts.In(other).Add("ann", "correct horse", AccountRoles.Listener);

        Assert.NotNull(_accounts.Verify("ann", "correct horse"));
    }

    [Fact]
    public void Add_SamePasswordTwice_LeavesNothingAlike()
    {
        DearAccounts.Add("ann", "correct horse", AccountRoles.Listener);
        DearAccounts.Add("bob", "correct horse", AccountRoles.Listener);

        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT password FROM accounts";
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        var ann = row.GetFieldValue<byte[]>(0);
        Assert.True(row.Read());
        var bob = row.GetFieldValue<byte[]>(0);

        // 1, HMAC-SHA-512, 210,000 rounds, 16 bytes of salt; then salt and hash, in which nothing is alike.
        Assert.Equal("01000000020003345000000010", Convert.ToHexString(ann[..13]));
        Assert.Equal(ann[..13], bob[..13]);
        Assert.NotEqual(ann[13..29], bob[13..29]);
        Assert.NotEqual(ann[29..], bob[29..]);
    }

    [Fact]
    public void Verify_HashOfFewerRounds_IsRightAndMadeAnew()
    {
        var accounts = DearAccounts;
        accounts.Add("ann", "correct horse", AccountRoles.Listener);
        var cheap = CheapHash("correct horse");
        using (var connection = _database.Open())
            connection.Execute("UPDATE accounts SET password = @hash", ("@hash", cheap));

        Assert.Null(accounts.Verify("ann", "wrong horse"));
        Assert.Equal(cheap, StoredHash());
        Assert.NotNull(accounts.Verify("ann", "correct horse"));

        Assert.NotEqual(cheap, StoredHash());
        Assert.Equal(210_000u, BinaryPrimitives.ReadUInt32BigEndian(StoredHash().AsSpan(5)));
        Assert.NotNull(accounts.Verify("ann", "correct horse"));
        Assert.Null(accounts.Verify("ann", "wrong horse"));
    }

    [Fact]
    public void SetCountry_Account_IsListed()
    {
        _accounts.Add("ann", "correct horse", AccountRoles.Listener, "se");
        _accounts.Add("bob", "correct horse", AccountRoles.Listener);

        Assert.Equal("NO", _accounts.SetCountry("Bob", "no"));

        Assert.Equal(["SE", "NO"], _accounts.List().Select(static entry => entry.Country));
        Assert.Throws<AccountException>(() => _accounts.SetCountry("bob", "XX"));
        Assert.Throws<AccountException>(() => _accounts.SetCountry("carl", "SE"));
        Assert.Throws<AccountException>(() => _accounts.Add("dot", "correct horse", AccountRoles.Listener, "Sweden"));
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
    [InlineData("ann.archer", "Ann.Archer", AccountRoles.Listener)]
    public void Add_Impossible_Throws(string name, string password, AccountRoles roles) =>
        Assert.Throws<AccountException>(() => _accounts.Add(name, password, roles));

    // 1, HMAC-SHA-512, rounds, 16 bytes of salt, which are zeros here, and as many of hash as they were once kept.
    private static byte[] CheapHash(string password)
    {
        const int Rounds = 1_000;
        var salt = new byte[16];
        var hash = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), salt, Rounds, HashAlgorithmName.SHA512, 64);
        return [1, 0, 0, 0, 2, 0, 0, Rounds >> 8, Rounds & 255, 0, 0, 0, 16, .. salt, .. hash];
    }

    private byte[] StoredHash()
    {
        using var connection = _database.Open();
        return connection.Query("SELECT password FROM accounts").Single(static row => row.GetBlob(0))!;
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }
}

public sealed class SqliteAccountStoreTests() : AccountStoreTests(new SqliteStore());

public sealed class PostgresAccountStoreTests() : AccountStoreTests(new PostgresStore());
