using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.SignIn;

public abstract class LinkStoreTests : IDisposable
{
    private const string Issuer = "https://id.example.com";
    private const string Other = "https://login.example.org";

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;
    private readonly SessionStore _sessions;
    private readonly LinkStore _links;
    private readonly Account _ann;
    private readonly Account _bob;

    protected LinkStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database, _time);
        _sessions = new SessionStore(_database, _time, TimeSpan.FromDays(1));
        _links = new LinkStore(
            _database, new RegistrationStore(_database, _accounts, _time), TestAccounts.Hasher, _time);
        _ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _bob = _accounts.Add("bob", "correct horse", AccountRoles.Listener);
        new RegistrationSettings(_database).Set("", RegistrationMode.Open);
    }

    [Fact]
    public void Add_OfSomebodyLinkedOrOfAnIssuerLinked_LinksOneWithOne()
    {
        Assert.Equal(LinkOutcome.Linked, _links.Add(_ann, Identity("1")));
        Assert.Equal(LinkOutcome.Linked, _links.Add(_ann, Identity("1")));
        Assert.Equal(LinkOutcome.OfAnother, _links.Add(_bob, Identity("1")));
        Assert.Equal(LinkOutcome.WithAnother, _links.Add(_ann, Identity("2")));
        Assert.Equal(LinkOutcome.Linked, _links.Add(_bob, Identity("1", Other)));

        Assert.Equal("ann", _links.Find(Identity("1"))!.Account.Name);
        Assert.Equal("bob", _links.Find(Identity("1", Other))!.Account.Name);
        Assert.Null(_links.Find(Identity("2")));
        Assert.Equal(("1", 0), (Assert.Single(_links.List(_ann)).Identity.Subject, _links.List(_ann)[0].Used));
    }

    [Fact]
    public void Register_WithoutAName_GivesAFreeOneThatNoPasswordOpens()
    {
        var (first, _) = _links.Register(Identity("1", name: "Ann"), Wanted());
        var (second, _) = _links.Register(Identity("2", name: "Zoë Müller@example.com"), Wanted());
        var (third, _) = _links.Register(Identity("3", name: "李"), Wanted());

        Assert.Matches("^ann[0-9]+$", first!.Account.Name);
        Assert.Equal("zomller", second!.Account.Name);
        Assert.Equal("listener", third!.Account.Name);
        Assert.Null(_accounts.Verify(first.Account.Name, ""));
        Assert.Null(_accounts.Verify(first.Account.Name, "correct horse"));
        Assert.Equal(first, _links.Register(Identity("1"), Wanted("else")).Link);
    }

    [Fact]
    public void Register_WhereRegistrationWouldBeRefused_MakesNothing()
    {
        new RegistrationSettings(_database).Set("SE", RegistrationMode.Invitation);
        var code = new InvitationStore(_database, 3, TimeSpan.FromDays(1), _time).Make().Code;

        Assert.Equal(RegistrationRefusal.NotInvited, _links.Register(Identity("1"), Wanted()).Refusal);
        Assert.Equal(RegistrationRefusal.NameTaken, _links.Register(Identity("1"), Wanted("ann", code)).Refusal);
        Assert.Null(_links.Find(Identity("1")));
        Assert.Equal("erin", _links.Register(Identity("1"), Wanted("erin", code)).Link!.Account.Name);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, _links.Register(Identity("2"), Wanted("finn", code)).Refusal);
    }

    [Fact]
    public void Remove_Link_EndsItsSessionsAlone()
    {
        _links.Add(_ann, Identity("1"));
        _links.Add(_bob, Identity("2"));
        var byPassword = _sessions.Open(_ann, new PeerId(1));
        var byLink = Enter(_ann, "1", peer: 2);
        var ofBob = Enter(_bob, "2", peer: 3);
        Assert.True(_links.List(_ann)[0].Used > 0);

        Assert.Equal([byLink.Session.TokenHash], _links.Remove(_ann, Issuer, [Issuer])!);

        Assert.Null(_sessions.Find(byLink.Token));
        Assert.NotNull(_sessions.Find(byPassword.Token));
        Assert.NotNull(_sessions.Find(ofBob.Token));
        Assert.Null(_links.Find(Identity("1")));
        Assert.Null(_links.Remove(_ann, Issuer, [Issuer]));
    }

    [Fact]
    public void Remove_LastWayIn_IsRefusedUntilThereIsAnother()
    {
        var account = _links.Register(Identity("1"), Wanted("erin")).Link!.Account;
        Assert.Throws<AccountException>(() => _links.Remove(account, Issuer, [Issuer, Other]));
        _links.Add(account, Identity("9", Other));

        // A provider that is not served any more is no way in.
        Assert.Throws<AccountException>(() => _links.Remove(account, Issuer, [Issuer]));
        Assert.NotNull(_links.Remove(account, Issuer, [Issuer, Other]));
        Assert.Throws<AccountException>(() => _links.Remove(account, Other, [Issuer, Other]));
    }

    [Fact]
    public void SetPassword_OfALinkedAccount_EndsTheLinkToo()
    {
        _links.Add(_ann, Identity("1"));
        var byLink = Enter(_ann, "1", peer: 2);

        _accounts.SetPassword("ann", "battery staple");

        Assert.Null(_links.Find(Identity("1")));
        Assert.Null(_sessions.Find(byLink.Token));
    }

    [Fact]
    public void Open_ByALinkThatIsGone_IsRefused()
    {
        _links.Add(_ann, Identity("1"));
        var link = _links.Find(Identity("1"))!;
        _links.Remove(_ann, Issuer, []);

        Assert.Throws<AccountException>(
            () => _sessions.Open(_ann, new PeerId(2), new SessionOrigin("", "") { Link = link.Id }));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static ExternalIdentity Identity(string subject, string issuer = Issuer, string name = "") =>
        new(issuer, subject) { PreferredName = name };

    private static WantedAccount Wanted(string name = "", string invitation = "") =>
        WantedAccount.WithoutPassword(name, "SE", invitation, address: null);

    private OpenedSession Enter(Account account, string subject, ulong peer) => _sessions.Open(
        account, new PeerId(peer), new SessionOrigin("", "") { Link = _links.Find(Identity(subject))!.Id });
}

public sealed class SqliteLinkStoreTests() : LinkStoreTests(new SqliteStore());

public sealed class PostgresLinkStoreTests() : LinkStoreTests(new PostgresStore());
