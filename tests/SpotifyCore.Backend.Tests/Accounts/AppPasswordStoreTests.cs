using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

public abstract class AppPasswordStoreTests : AccountCase
{
    private readonly AppPasswordStore _passwords;
    private readonly Account _bob;

    protected AppPasswordStoreTests(TestStore store)
        : base(store, AccountRoles.Listener | AccountRoles.Import)
    {
        _passwords = new AppPasswordStore(Database, Time);
        _bob = Accounts.Add("bob", "correct horse", AccountRoles.Import);
    }

    [Fact]
    public void Find_OfItsAccount_GivesNoRoleButListener()
    {
        var password = _passwords.Add(Ann, " radio\t")!;

        var found = _passwords.Find("Ann", password.ToUpperInvariant())!.Value;

        Assert.Equal((Ann.Id, "ann", AccountRoles.Listener), (
            found.Account!.Id, found.Account.Name, found.Account.Roles));
        Assert.Equal("radio", Assert.Single(_passwords.List(Ann)).Name);
        Assert.Equal(AccountRoles.None, _passwords.Find("bob", _passwords.Add(_bob, "radio")!)!.Value.Account!.Roles);
    }

    [Fact]
    public void Find_OfAnotherAccountOrNone_IsNull()
    {
        var password = _passwords.Add(Ann, "radio")!;

        Assert.Null(_passwords.Find("bob", password));
        Assert.Null(_passwords.Find("carl", password));
        Assert.Null(_passwords.Find("ann", "0000" + password[4..]));
        Assert.Null(_passwords.Find("ann", "correct horse"));
        Assert.Null(Accounts.Verify("ann", password));
    }

    [Fact]
    public void Open_WithOneTimeAndAgain_EndsAndForgetsNothingOfTheOwners()
    {
        var owner = new PeerId(1_000);
        var (own, _) = Sessions.Open(Ann, owner);
        var app = _passwords.Find("ann", _passwords.Add(Ann, "radio")!)!.Value.AppPassword;
        var first = "";
        for (var i = 0; i < SessionStore.MaxPerAccount + 1; i++)
        {
            var origin = new SessionOrigin("", "") { AppPassword = app };
            var (token, _) = Sessions.Open(Ann, new PeerId((ulong)i + 1), origin);
            first = i == 0 ? token : first;
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(Sessions.Find(own));
        Assert.Null(Sessions.Find(first));
        Assert.Equal(SessionStore.MaxOfAppPasswords + 1, Sessions.List(Ann).Count);
        Assert.True(Sessions.Knows("ann", owner));
        Assert.False(Sessions.Knows("ann", new PeerId(SessionStore.MaxPerAccount + 1)));
    }

    [Fact]
    public void Remove_NameAsItWasTyped_IsThatWhichWasMade()
    {
        _passwords.Add(Ann, " radio\0 ");

        Assert.NotNull(_passwords.Remove(Ann, " radio\0 "));
        Assert.Empty(_passwords.List(Ann));
    }

    [Fact]
    public void Add_NameTwiceOrTooMany_IsRefused()
    {
        Assert.NotNull(_passwords.Add(Ann, "radio"));
        Assert.Null(_passwords.Add(Ann, "radio"));
        Assert.NotNull(_passwords.Add(_bob, "radio"));
        Assert.Throws<AccountException>(() => _passwords.Add(Ann, " "));
        Assert.Throws<AccountException>(() => _passwords.Add(Ann, new string('x', 65)));
        for (var i = 1; i < AppPasswordStore.MaxPerAccount; i++)
            Assert.NotNull(_passwords.Add(Ann, $"{i}"));

        Assert.Throws<AccountException>(() => _passwords.Add(Ann, "one more"));
        _passwords.Remove(Ann, "1");
        Assert.NotNull(_passwords.Add(Ann, "one more"));
    }

    [Fact]
    public void Open_WithOne_IsForStreamingAloneAlsoWhenItIsFoundAgain()
    {
        var (own, _) = Sessions.Open(Ann, new PeerId(1));
        Time.Advance(TimeSpan.FromMinutes(1));

        var (token, session) = OpenWith(_passwords.Add(Ann, "radio")!, new PeerId(2));

        Assert.True(session.IsForStreamingAlone);
        var found = Sessions.Find(token)!;
        Assert.Equal((true, AccountRoles.Listener), (found.IsForStreamingAlone, found.Account.Roles));
        Assert.Equal((false, Ann.Roles), (Sessions.Find(own)!.IsForStreamingAlone, Sessions.Find(own)!.Account.Roles));
        Assert.Equal(["radio", ""], Sessions.List(Ann).Select(static listed => listed.AppPassword));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(_passwords.List(Ann)).Used);
    }

    [Fact]
    public void Remove_One_EndsItAndItsSessionsAlone()
    {
        var (own, _) = Sessions.Open(Ann, new PeerId(1));
        var radio = _passwords.Add(Ann, "radio")!;
        var (lost, session) = OpenWith(radio, new PeerId(2));
        var (other, _) = OpenWith(_passwords.Add(Ann, "car")!, new PeerId(3));

        Assert.Equal([session.TokenHash], _passwords.Remove(Ann, "radio")!);

        Assert.Null(_passwords.Find("ann", radio));
        Assert.Null(Sessions.Find(lost));
        Assert.All([own, other], token => Assert.NotNull(Sessions.Find(token)));
        Assert.Null(_passwords.Remove(Ann, "radio"));
        Assert.Null(_passwords.Remove(_bob, "car"));
    }

    [Fact]
    public void Open_WithOneThatWasJustRemoved_OpensNothing()
    {
        var found = _passwords.Find("ann", _passwords.Add(Ann, "radio")!)!.Value;
        _passwords.Remove(Ann, "radio");

        Assert.Throws<AccountException>(() => Sessions.Open(
            found.Account!, new PeerId(1), new SessionOrigin("", "") { AppPassword = found.AppPassword }));

        Assert.Empty(Sessions.List(Ann));
    }

    [Fact]
    public void Open_WithOneWhoseRowIsAnothersNow_OpensNothing()
    {
        var radio = _passwords.Find("ann", _passwords.Add(Ann, "radio")!)!.Value;
        _passwords.Remove(Ann, "radio");
        _passwords.Add(Ann, "car");

        Assert.Throws<AccountException>(() => Sessions.Open(
            radio.Account!, new PeerId(1), new SessionOrigin("", "") { AppPassword = radio.AppPassword }));

        Assert.Equal(0, Assert.Single(_passwords.List(Ann)).Used);
        Assert.Empty(Sessions.List(Ann));
    }

    [Fact]
    public void SetPassword_OfTheAccount_EndsThemAll()
    {
        var radio = _passwords.Add(Ann, "radio")!;
        var (token, _) = OpenWith(radio, new PeerId(2));

        Accounts.SetPassword("ann", "battery staple");

        Assert.Null(_passwords.Find("ann", radio));
        Assert.Null(Sessions.Find(token));
        Assert.Empty(_passwords.List(Ann));
    }

    private OpenedSession OpenWith(string password, PeerId peer)
    {
        var found = _passwords.Find("ann", password)!.Value;
        return Sessions.Open(found.Account!, peer, new SessionOrigin("", "") { AppPassword = found.AppPassword });
    }
}

public sealed class SqliteAppPasswordStoreTests() : AppPasswordStoreTests(new SqliteStore());

public sealed class PostgresAppPasswordStoreTests() : AppPasswordStoreTests(new PostgresStore());
