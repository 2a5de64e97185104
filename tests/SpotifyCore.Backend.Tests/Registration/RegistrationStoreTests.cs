using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Registration;

public abstract class RegistrationStoreTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly byte[] Hash = [1, 2, 3];

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly RegistrationSettings _settings;
    private readonly RegistrationStore _registrations;
    private readonly Account _ann;

    private InvitationStore Invitations => new(_database, perAccount: 3, Lifetime, _time);

    protected RegistrationStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _settings = new RegistrationSettings(_database);
        _registrations = StoreOn(_database);
        _ann = TestAccounts.In(_database, _time).Add("ann", "correct horse", AccountRoles.Listener);
    }

    [Fact]
    public void Make_UnlessItIsSet_IsRefused()
    {
        Assert.Equal(RegistrationRefusal.Closed, Make("bob").Refusal);
        Assert.Equal(RegistrationRefusal.Closed, Make("ann").Refusal);
        Assert.Equal(RegistrationRefusal.Closed, Make("bob", invitation: Invitations.Give(_ann).Code).Refusal);
    }

    [Fact]
    public void Make_Open_MakesAListenerOfThatCountry()
    {
        _settings.Set("", RegistrationMode.Open);

        var account = Make("Bob", country: "se").Account!;

        Assert.Equal(("bob", AccountRoles.Listener), (account.Name, account.Roles));
        var profile = new ProfileStore(_database).Find(account)!;
        Assert.Equal(("SE", "", "who@example.com"), (profile.Country, profile.DisplayName, profile.Email));
        Assert.Equal(RegistrationRefusal.NameTaken, Make("BOB").Refusal);
        Assert.Equal(RegistrationRefusal.NameTaken, Make("ann").Refusal);
    }

    [Fact]
    public void Set_ACountry_CountsThereAtOnceAndElsewhereNot()
    {
        using var other = _store.Open();
        _settings.Set("", RegistrationMode.Open);
        Assert.NotNull(Make("bob", country: "SE").Account);

        new RegistrationSettings(other).Set("se", RegistrationMode.Closed);

        Assert.Equal(RegistrationRefusal.Closed, Make("cid", country: "SE").Refusal);
        Assert.NotNull(Make("dot", country: "NO").Account);
        Assert.Equal(
            [new RegistrationSetting("", RegistrationMode.Open), new RegistrationSetting("SE", RegistrationMode.Closed)],
            _settings.List());
        _settings.Set("", RegistrationMode.Closed);
        _settings.Set("SE", RegistrationMode.Open);
        Assert.NotNull(Make("cid", country: "SE").Account);
        Assert.Equal(RegistrationRefusal.Closed, Make("eve", country: "NO").Refusal);
        _settings.Clear("SE");
        Assert.Equal(RegistrationRefusal.Closed, Make("eve", country: "SE").Refusal);
        Assert.Throws<AccountException>(() => _settings.Set("XX", RegistrationMode.Open));
    }

    [Fact]
    public void Make_ByInvitation_TakesItForOneAccount()
    {
        _settings.Set("", RegistrationMode.Invitation);
        var code = Invitations.Give(_ann).Code;

        Assert.Equal(RegistrationRefusal.NotInvited, Make("bob").Refusal);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("bob", invitation: "0000" + code[4..]).Refusal);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("bob", invitation: "please").Refusal);
        Assert.NotNull(Make("bob", invitation: code.ToUpperInvariant().Replace("-", " ")).Account);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("cid", invitation: code).Refusal);

        var given = Assert.Single(Invitations.List(_ann));
        Assert.Equal(("bob", _time.GetUtcNow(), code[..4]), (given.TakenBy, given.Taken, given.Begins));
    }

    [Fact]
    public void Make_NameTaken_LeavesTheInvitationAndWithoutOneTheNameIsNotTold()
    {
        _settings.Set("", RegistrationMode.Invitation);
        var code = Invitations.Make().Code;

        Assert.Equal(RegistrationRefusal.NotInvited, Make("ann").Refusal);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("ann", invitation: new string('a', 32)).Refusal);
        Assert.Equal(RegistrationRefusal.NameTaken, Make("ann", invitation: code).Refusal);
        Assert.NotNull(Make("bob", invitation: code).Account);
    }

    [Fact]
    public void Make_WhereItIsOpenWithAnInvitation_TakesItToo()
    {
        _settings.Set("", RegistrationMode.Open);
        var code = Invitations.Give(_ann).Code;

        Assert.NotNull(Make("bob", invitation: code).Account);

        Assert.Equal("bob", Assert.Single(Invitations.List(_ann)).TakenBy);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("cid", invitation: code).Refusal);
    }

    [Fact]
    public void Make_ExpiredInvitation_IsRefused()
    {
        _settings.Set("", RegistrationMode.Invitation);
        var (first, second) = (Invitations.Give(_ann).Code, Invitations.Give(_ann).Code);
        _time.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(Make("bob", invitation: first).Account);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("cid", invitation: second).Refusal);
    }

    [Fact]
    public void Make_InvitationOfAnAccountThatIsGone_IsRefused()
    {
        _settings.Set("", RegistrationMode.Invitation);
        var code = Invitations.Give(_ann).Code;

        TestAccounts.In(_database, _time).Remove("ann");

        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("bob", invitation: code).Refusal);
    }

    [Fact]
    public void Make_TakerIsGone_InvitationStaysTaken()
    {
        _settings.Set("", RegistrationMode.Invitation);
        var code = Invitations.Give(_ann).Code;
        Make("bob", invitation: code);

        TestAccounts.In(_database, _time).Remove("bob");

        Assert.Equal(RegistrationRefusal.InvitationUnusable, Make("bob", invitation: code).Refusal);
        var given = Assert.Single(Invitations.List(_ann));
        Assert.Equal(("", true), (given.TakenBy, given.Taken is not null));
    }

    [Fact]
    public void Make_OneInvitationAtTwoAccessPointsAtOnce_MakesOneAccount()
    {
        _settings.Set("", RegistrationMode.Invitation);
        using var other = _store.Open();
        RegistrationStore[] stores = [_registrations, StoreOn(other)];
        for (var round = 0; round < 5; round++)
        {
            var code = Invitations.Make().Code;
            var results = new RegistrationResult[8];

            Parallel.For(0, results.Length, i =>
                results[i] = stores[i % 2].Make(Wanted($"race{round}-{i}", invitation: code), Hash));

            Assert.Single(results, static result => result.Account is not null);
            Assert.Equal(7, results.Count(static result => result.Refusal == RegistrationRefusal.InvitationUnusable));
        }
    }

    [Fact]
    public void Make_OneNameAtTwoAccessPointsAtOnce_MakesOneAccount()
    {
        _settings.Set("", RegistrationMode.Open);
        using var other = _store.Open();
        RegistrationStore[] stores = [_registrations, StoreOn(other)];
        var results = new RegistrationResult[8];

        Parallel.For(0, results.Length, i => results[i] = stores[i % 2].Make(Wanted("bob"), Hash));

        Assert.Single(results, static result => result.Account is not null);
        Assert.Equal(7, results.Count(static result => result.Refusal == RegistrationRefusal.NameTaken));
    }

    [Fact]
    public void Give_MoreThanAnAccountHas_IsRefusedUntilOneExpires()
    {
        var first = Invitations.Give(_ann);
        _time.Advance(Lifetime / 2);
        Invitations.Give(_ann);
        Assert.Equal(1, Invitations.CountLeft(_ann));
        Invitations.Give(_ann);

        Assert.Throws<AccountException>(() => Invitations.Give(_ann));
        Assert.Equal((0, 3), (Invitations.CountLeft(_ann), Invitations.List(_ann).Count));

        _time.Advance(first.Expires - _time.GetUtcNow());
        Assert.Equal((1, 2), (Invitations.CountLeft(_ann), Invitations.List(_ann).Count));
        Invitations.Give(_ann);
        Assert.Throws<AccountException>(() => Invitations.Give(_ann));
    }

    [Fact]
    public void Give_TakenOnes_CountForEver()
    {
        _settings.Set("", RegistrationMode.Invitation);
        for (var i = 0; i < 3; i++)
            Assert.NotNull(Make($"guest{i}", invitation: Invitations.Give(_ann).Code).Account);

        _time.Advance(Lifetime * 100);

        Assert.Throws<AccountException>(() => Invitations.Give(_ann));
    }

    [Fact]
    public void Give_AtTwoAccessPointsAtOnce_GivesNoMoreThanThereAre()
    {
        using var other = _store.Open();
        var given = 0;

        Parallel.For(0, 8, i =>
        {
            try
            {
                new InvitationStore(i % 2 == 0 ? _database : other, perAccount: 3, Lifetime, _time).Give(_ann);
                Interlocked.Increment(ref given);
            }
            catch (AccountException)
            {
                // There was none left.
            }
        });

        Assert.Equal(3, given);
    }

    [Fact]
    public void List_Invitations_AreTheGiversAlone()
    {
        var bob = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        var own = Invitations.Give(_ann).Code;
        var operators = Invitations.Make().Code;

        Assert.Equal([own[..4]], Invitations.List(_ann).Select(static given => given.Begins));
        Assert.Empty(Invitations.List(bob));
        Assert.Equal([operators[..4]], Invitations.List().Select(static given => given.Begins));
    }

    [Fact]
    public void Give_Code_RestsNowhere()
    {
        var code = Invitations.Give(_ann).Code;

        using var connection = _database.Open();
        var kept = connection.Query("SELECT code_hash, begins FROM invitations")
            .Single(static row => (row.GetBlob(0), row.GetString(1)));
        Assert.True(RandomCode.TryHash(code, out var hash));
        Assert.Equal(hash, kept.Item1);
        Assert.Equal(code[..4], kept.Item2);
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private RegistrationStore StoreOn(ServiceDatabase database) =>
        new(database, TestAccounts.In(database, _time), _time);

    private RegistrationResult Make(string name, string country = "SE", string invitation = "") =>
        _registrations.Make(Wanted(name, country, invitation), Hash);

    private static WantedAccount Wanted(string name, string country = "SE", string invitation = "") =>
        new(name, "correct horse", country, "who@example.com") { Invitation = invitation };
}

public sealed class SqliteRegistrationStoreTests() : RegistrationStoreTests(new SqliteStore());

public sealed class PostgresRegistrationStoreTests() : RegistrationStoreTests(new PostgresStore());
