using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.SignIn;

public abstract class LinkStoreTests : AccountCase
{
    private const string Issuer = "https://id.example.com";
    private const string Other = "https://login.example.org";

    private readonly LinkStore _links;
    private readonly Account _bob;

    protected LinkStoreTests(TestStore store)
        : base(store)
    {
        _links = new LinkStore(
            Database, new RegistrationStore(Database, Accounts, Time), TestAccounts.Hasher, Time);
        _bob = Accounts.Add("bob", "correct horse", AccountRoles.Listener);
        new RegistrationSettings(Database).Set("", RegistrationMode.Open);
    }

    [Fact]
    public void Add_OfSomebodyLinkedOrOfAnIssuerLinked_LinksOneWithOne()
    {
        Assert.Equal(LinkOutcome.Linked, _links.Add(Ann, Identity("1")));
        Assert.Equal(LinkOutcome.Linked, _links.Add(Ann, Identity("1")));
        Assert.Equal(LinkOutcome.OfAnother, _links.Add(_bob, Identity("1")));
        Assert.Equal(LinkOutcome.WithAnother, _links.Add(Ann, Identity("2")));
        Assert.Equal(LinkOutcome.Linked, _links.Add(_bob, Identity("1", Other)));

        Assert.Equal("ann", _links.Find(Identity("1"))!.Name);
        Assert.Equal("bob", _links.Find(Identity("1", Other))!.Name);
        Assert.Null(_links.Find(Identity("2")));
        Assert.Equal(("1", 0), (Assert.Single(_links.List(Ann)).Identity.Subject, _links.List(Ann)[0].Used));
    }

    [Fact]
    public void Register_WithoutAName_GivesAFreeOneThatNoPasswordOpens()
    {
        var (first, _) = _links.Register(Identity("1", name: "Ann"), Wanted());
        var (second, _) = _links.Register(Identity("2", name: "Zoë Müller@example.com"), Wanted());
        var (third, _) = _links.Register(Identity("3", name: "李"), Wanted());

        Assert.Matches("^ann[0-9]+$", first!.Name);
        Assert.Equal("zomller", second!.Name);
        Assert.Equal("listener", third!.Name);
        Assert.Null(Accounts.Verify(first.Name, ""));
        Assert.Null(Accounts.Verify(first.Name, "correct horse"));
        Assert.Equal(first, _links.Register(Identity("1"), Wanted("else")).Account);
    }

    [Fact]
    public void Register_WhereRegistrationWouldBeRefused_MakesNothing()
    {
        new RegistrationSettings(Database).Set("SE", RegistrationMode.Invitation);
        var code = new InvitationStore(Database, 3, TimeSpan.FromDays(1), Time).Make().Code;

        Assert.Equal(RegistrationRefusal.NotInvited, _links.Register(Identity("1"), Wanted()).Refusal);
        Assert.Equal(RegistrationRefusal.NameTaken, _links.Register(Identity("1"), Wanted("ann", code)).Refusal);
        Assert.Null(_links.Find(Identity("1")));
        Assert.Equal("erin", _links.Register(Identity("1"), Wanted("erin", code)).Account!.Name);
        Assert.Equal(RegistrationRefusal.InvitationUnusable, _links.Register(Identity("2"), Wanted("finn", code)).Refusal);
    }

    [Fact]
    public void Remove_Link_EndsItsSessionsAlone()
    {
        _links.Add(Ann, Identity("1"));
        _links.Add(_bob, Identity("2"));
        var byPassword = Sessions.Open(Ann, new PeerId(1));
        var byLink = Enter(Ann, "1", peer: 2);
        var ofBob = Enter(_bob, "2", peer: 3);
        Assert.True(_links.List(Ann)[0].Used > 0);

        Assert.Equal([byLink.Session.TokenHash], _links.Remove(Ann, Issuer, [Issuer])!);

        Assert.Null(Sessions.Find(byLink.Token));
        Assert.NotNull(Sessions.Find(byPassword.Token));
        Assert.NotNull(Sessions.Find(ofBob.Token));
        Assert.Null(_links.Find(Identity("1")));
        Assert.Null(_links.Remove(Ann, Issuer, [Issuer]));
    }

    [Fact]
    public void Remove_LastWayIn_IsRefusedUntilThereIsAnother()
    {
        var account = _links.Register(Identity("1"), Wanted("erin")).Account!;
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
        _links.Add(Ann, Identity("1"));
        var byLink = Enter(Ann, "1", peer: 2);

        Accounts.SetPassword("ann", "battery staple");

        Assert.Null(_links.Find(Identity("1")));
        Assert.Null(Sessions.Find(byLink.Token));
    }

    [Fact]
    public void Open_ByALinkThatIsGoneOrAnothers_IsRefused()
    {
        _links.Add(Ann, Identity("1"));
        _links.Remove(Ann, Issuer, []);

        Assert.Throws<AccountException>(() => Enter(Ann, "1", peer: 2));

        // SQLite gives its row's number to another's, or to that with another subject.
        _links.Add(_bob, Identity("2"));
        Assert.Throws<AccountException>(() => Enter(Ann, "1", peer: 2));
        Assert.Throws<AccountException>(() => Enter(Ann, "2", peer: 2));
        _links.Remove(_bob, Issuer, []);
        _links.Add(Ann, Identity("3"));
        Assert.Throws<AccountException>(() => Enter(Ann, "1", peer: 2));
        Assert.Equal(0, Assert.Single(_links.List(Ann)).Used);
    }

    [Fact]
    public async Task Login_FromAClientOfALink_IsCountedByTheAccountsName()
    {
        var logins = new LoginService(
            new PasswordVerifier(Accounts, new AppPasswordStore(Database, Time), new HashingQueue()), Sessions,
            new LoginThrottle(), Time);
        _links.Add(Ann, Identity("1"));
        for (ulong peer = 1; peer <= LoginThrottle.FreePerName; peer++)
        {
            Enter(Ann, "1", peer);
            Assert.Equal(LoginResult.Wrong, await GuessAsync(logins, peer));
        }

        Enter(Ann, "1", peer: 99);
        Assert.True((await GuessAsync(logins, peer: 99)).Wait > TimeSpan.Zero);
    }

    [Fact]
    public void Remove_Link_ForgetsTheClientsThatItsSessionsAreOf()
    {
        _links.Add(Ann, Identity("1"));
        Sessions.Open(Ann, new PeerId(1));
        Sessions.Open(Ann, new PeerId(2));
        Sessions.Open(_bob, new PeerId(2));
        Enter(Ann, "1", peer: 2);

        _links.Remove(Ann, Issuer, [Issuer]);

        Assert.True(Sessions.Knows("ann", new PeerId(1)));
        Assert.False(Sessions.Knows("ann", new PeerId(2)));
        Assert.True(Sessions.Knows("bob", new PeerId(2)));
    }

    [Fact]
    public void Remove_LinkOfTheOnlySession_KeepsThePseudonym()
    {
        _links.Add(Ann, Identity("1"));
        var first = Enter(Ann, "1", peer: 2).Session;

        _links.Remove(Ann, Issuer, [Issuer]);

        Assert.Equal(first.Pseudonym, Sessions.Open(Ann, new PeerId(3)).Session.Pseudonym);
    }

    [Fact]
    public void AddAndRemove_UnderASessionThatHasEnded_ChangeNothing()
    {
        _links.Add(Ann, Identity("1"));
        var thief = Sessions.Open(Ann, new PeerId(1)).Session;
        Sessions.Close(thief);

        Assert.Throws<AccountException>(() => _links.Add(Ann, Identity("2", Other), thief));
        Assert.Throws<AccountException>(() => _links.Remove(Ann, Issuer, [Issuer], thief));

        Assert.Equal("1", Assert.Single(_links.List(Ann)).Identity.Subject);
    }

    [Fact]
    public void ChangePassword_UnderASession_LeavesThatAlone()
    {
        _links.Add(Ann, Identity("1"));
        var kept = Enter(Ann, "1", peer: 1);
        var byLink = Enter(Ann, "1", peer: 2);
        var byPassword = Sessions.Open(Ann, new PeerId(3));
        var apps = new AppPasswordStore(Database, Time);
        apps.Add(Ann, "radio");
        var ofBob = Sessions.Open(_bob, new PeerId(1));

        var ended = Accounts.ChangePassword(kept.Session, "battery staple");

        Assert.Equal(2, ended.Count);
        Assert.All([byLink, byPassword], gone => Assert.Contains(gone.Session.TokenHash, ended));
        Assert.NotNull(Sessions.Find(kept.Token));
        Assert.NotNull(Sessions.Find(ofBob.Token));
        Assert.Empty(_links.List(Ann));
        Assert.Empty(apps.List(Ann));
        Assert.False(Sessions.Knows("ann", new PeerId(3)));
        Assert.NotNull(Accounts.Verify("ann", "battery staple"));
        Assert.Throws<AccountException>(() => Accounts.ChangePassword(byPassword.Session, "a third one"));
        Assert.Throws<AccountException>(() => Accounts.ChangePassword(kept.Session, "ann"));
        Assert.Throws<AccountException>(() => Accounts.ChangeEmail(byPassword.Session, "thief@example.com"));
    }

    private static Task<LoginResult> GuessAsync(LoginService logins, ulong peer) =>
        logins.LoginAsync(new LoginAttempt("ann", "a guess", new PeerId(peer), address: null), default);

    private static ExternalIdentity Identity(string subject, string issuer = Issuer, string name = "") =>
        new(issuer, subject) { PreferredName = name };

    private static WantedAccount Wanted(string name = "", string invitation = "") =>
        WantedAccount.WithoutPassword(name, "SE", invitation, address: null);

    private OpenedSession Enter(Account account, string subject, ulong peer) => Sessions.Open(
        account, new PeerId(peer), new SessionOrigin("", "") { Link = Identity(subject) });
}

public sealed class SqliteLinkStoreTests() : LinkStoreTests(new SqliteStore());

public sealed class PostgresLinkStoreTests() : LinkStoreTests(new PostgresStore());
