using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

public abstract class AppPasswordStoreTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;
    private readonly AppPasswordStore _passwords;
    private readonly SessionStore _sessions;
    private readonly Account _ann;
    private readonly Account _bob;

    protected AppPasswordStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database, _time);
        _passwords = new AppPasswordStore(_database, _time);
        _sessions = new SessionStore(_database, _time, TimeSpan.FromDays(1));
        _ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener | AccountRoles.Import);
        _bob = _accounts.Add("bob", "correct horse", AccountRoles.Import);
    }

    [Fact]
    public void Find_OfItsAccount_GivesNoRoleButListener()
    {
        var password = _passwords.Add(_ann, " radio\t")!;

        var found = _passwords.Find("Ann", password.ToUpperInvariant())!.Value;

        Assert.Equal((_ann.Id, "ann", AccountRoles.Listener), (
            found.Account!.Id, found.Account.Name, found.Account.Roles));
        Assert.Equal("radio", Assert.Single(_passwords.List(_ann)).Name);
        Assert.Equal(AccountRoles.None, _passwords.Find("bob", _passwords.Add(_bob, "radio")!)!.Value.Account!.Roles);
    }

    [Fact]
    public void Find_OfAnotherAccountOrNone_IsNull()
    {
        var password = _passwords.Add(_ann, "radio")!;

        Assert.Null(_passwords.Find("bob", password));
        Assert.Null(_passwords.Find("carl", password));
        Assert.Null(_passwords.Find("ann", "0000" + password[4..]));
        Assert.Null(_passwords.Find("ann", "correct horse"));
        Assert.Null(_accounts.Verify("ann", password));
    }

    [Fact]
    public void Open_WithOneTimeAndAgain_EndsAndForgetsNothingOfTheOwners()
    {
        var owner = new PeerId(1_000);
        var (own, _) = _sessions.Open(_ann, owner);
        var app = _passwords.Find("ann", _passwords.Add(_ann, "radio")!)!.Value.AppPassword;
        var first = "";
        for (var i = 0; i < SessionStore.MaxPerAccount + 1; i++)
        {
            var origin = new SessionOrigin("", "") { AppPassword = app };
            var (token, _) = _sessions.Open(_ann, new PeerId((ulong)i + 1), origin);
            first = i == 0 ? token : first;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(_sessions.Find(own));
        Assert.Null(_sessions.Find(first));
        Assert.Equal(SessionStore.MaxOfAppPasswords + 1, _sessions.List(_ann).Count);
        Assert.True(_sessions.Knows("ann", owner));
        Assert.False(_sessions.Knows("ann", new PeerId(SessionStore.MaxPerAccount + 1)));
    }

    [Fact]
    public void Remove_NameAsItWasTyped_IsThatWhichWasMade()
    {
        _passwords.Add(_ann, " radio\0 ");

        Assert.NotNull(_passwords.Remove(_ann, " radio\0 "));
        Assert.Empty(_passwords.List(_ann));
    }

    [Fact]
    public void Add_NameTwiceOrTooMany_IsRefused()
    {
        Assert.NotNull(_passwords.Add(_ann, "radio"));
        Assert.Null(_passwords.Add(_ann, "radio"));
        Assert.NotNull(_passwords.Add(_bob, "radio"));
        Assert.Throws<AccountException>(() => _passwords.Add(_ann, " "));
        Assert.Throws<AccountException>(() => _passwords.Add(_ann, new string('x', 65)));
        for (var i = 1; i < AppPasswordStore.MaxPerAccount; i++)
            Assert.NotNull(_passwords.Add(_ann, $"{i}"));

        Assert.Throws<AccountException>(() => _passwords.Add(_ann, "one more"));
        _passwords.Remove(_ann, "1");
        Assert.NotNull(_passwords.Add(_ann, "one more"));
    }

    [Fact]
    public void Open_WithOne_IsForStreamingAloneAlsoWhenItIsFoundAgain()
    {
        var (own, _) = _sessions.Open(_ann, new PeerId(1));
        _time.Advance(TimeSpan.FromMinutes(1));

        var (token, session) = OpenWith(_passwords.Add(_ann, "radio")!, new PeerId(2));

        Assert.True(session.IsForStreamingAlone);
        var found = _sessions.Find(token)!;
        Assert.Equal((true, AccountRoles.Listener), (found.IsForStreamingAlone, found.Account.Roles));
        Assert.Equal((false, _ann.Roles), (_sessions.Find(own)!.IsForStreamingAlone, _sessions.Find(own)!.Account.Roles));
        Assert.Equal(["radio", ""], _sessions.List(_ann).Select(static listed => listed.AppPassword));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(_passwords.List(_ann)).Used);
    }

    [Fact]
    public void Remove_One_EndsItAndItsSessionsAlone()
    {
        var (own, _) = _sessions.Open(_ann, new PeerId(1));
        var radio = _passwords.Add(_ann, "radio")!;
        var (lost, session) = OpenWith(radio, new PeerId(2));
        var (other, _) = OpenWith(_passwords.Add(_ann, "car")!, new PeerId(3));

        Assert.Equal([session.TokenHash], _passwords.Remove(_ann, "radio")!);

        Assert.Null(_passwords.Find("ann", radio));
        Assert.Null(_sessions.Find(lost));
        Assert.All([own, other], token => Assert.NotNull(_sessions.Find(token)));
        Assert.Null(_passwords.Remove(_ann, "radio"));
        Assert.Null(_passwords.Remove(_bob, "car"));
    }

    [Fact]
    public void Open_WithOneThatWasJustRemoved_OpensNothing()
    {
        var found = _passwords.Find("ann", _passwords.Add(_ann, "radio")!)!.Value;
        _passwords.Remove(_ann, "radio");

        Assert.Throws<AccountException>(() => _sessions.Open(
            found.Account!, new PeerId(1), new SessionOrigin("", "") { AppPassword = found.AppPassword }));

        Assert.Empty(_sessions.List(_ann));
    }

    [Fact]
    public void Open_WithOneWhoseRowIsAnothersNow_OpensNothing()
    {
        var radio = _passwords.Find("ann", _passwords.Add(_ann, "radio")!)!.Value;
        _passwords.Remove(_ann, "radio");
        _passwords.Add(_ann, "car");

        Assert.Throws<AccountException>(() => _sessions.Open(
            radio.Account!, new PeerId(1), new SessionOrigin("", "") { AppPassword = radio.AppPassword }));

        Assert.Equal(0, Assert.Single(_passwords.List(_ann)).Used);
        Assert.Empty(_sessions.List(_ann));
    }

    [Fact]
    public void SetPassword_OfTheAccount_EndsThemAll()
    {
        var radio = _passwords.Add(_ann, "radio")!;
        var (token, _) = OpenWith(radio, new PeerId(2));

        _accounts.SetPassword("ann", "battery staple");

        Assert.Null(_passwords.Find("ann", radio));
        Assert.Null(_sessions.Find(token));
        Assert.Empty(_passwords.List(_ann));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private OpenedSession OpenWith(string password, PeerId peer)
    {
        var found = _passwords.Find("ann", password)!.Value;
        return _sessions.Open(found.Account!, peer, new SessionOrigin("", "") { AppPassword = found.AppPassword });
    }
}

public sealed class SqliteAppPasswordStoreTests() : AppPasswordStoreTests(new SqliteStore());

public sealed class PostgresAppPasswordStoreTests() : AppPasswordStoreTests(new PostgresStore());
