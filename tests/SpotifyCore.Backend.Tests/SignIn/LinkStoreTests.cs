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

        Assert.Equal("ann", _links.Find(Identity("1"))!.Name);
        Assert.Equal("bob", _links.Find(Identity("1", Other))!.Name);
        Assert.Null(_links.Find(Identity("2")));
        Assert.Equal(("1", 0), (Assert.Single(_links.List(_ann)).Identity.Subject, _links.List(_ann)[0].Used));
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
        Assert.Null(_accounts.Verify(first.Name, ""));
        Assert.Null(_accounts.Verify(first.Name, "correct horse"));
        Assert.Equal(first, _links.Register(Identity("1"), Wanted("else")).Account);
    }

    [Fact]
    public void Register_WhereRegistrationWouldBeRefused_MakesNothing()
    {
        new RegistrationSettings(_database).Set("SE", RegistrationMode.Invitation);
        var code = new InvitationStore(_database, 3, TimeSpan.FromDays(1), _time).Make().Code;

        Assert.Equal(RegistrationRefusal.NotInvited, _links.Register(Identity("1"), Wanted()).Refusal);
        Assert.Equal(RegistrationRefusal.NameTaken, _links.Register(Identity("1"), Wanted("ann", code)).Refusal);
        Assert.Null(_links.Find(Identity("1")));
        Assert.Equal("erin", _links.Register(Identity("1"), Wanted("erin", code)).Account!.Name);
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
        _links.Add(_ann, Identity("1"));
        var byLink = Enter(_ann, "1", peer: 2);

        _accounts.SetPassword("ann", "battery staple");

        Assert.Null(_links.Find(Identity("1")));
        Assert.Null(_sessions.Find(byLink.Token));
    }

    [Fact]
    public void Open_ByALinkThatIsGoneOrAnothers_IsRefused()
    {
        _links.Add(_ann, Identity("1"));
        _links.Remove(_ann, Issuer, []);

        Assert.Throws<AccountException>(() => Enter(_ann, "1", peer: 2));

        // SQLite gives its row's number to another's, or to that with another subject.
        _links.Add(_bob, Identity("2"));
        Assert.Throws<AccountException>(() => Enter(_ann, "1", peer: 2));
        Assert.Throws<AccountException>(() => Enter(_ann, "2", peer: 2));
        _links.Remove(_bob, Issuer, []);
        _links.Add(_ann, Identity("3"));
        Assert.Throws<AccountException>(() => Enter(_ann, "1", peer: 2));
        Assert.Equal(0, Assert.Single(_links.List(_ann)).Used);
    }

    [Fact]
    public async Task Login_FromAClientOfALink_IsCountedByTheAccountsName()
    {
        var logins = new LoginService(
            new PasswordVerifier(_accounts, new AppPasswordStore(_database, _time), new HashingQueue()), _sessions,
            new LoginThrottle(), _time);
        _links.Add(_ann, Identity("1"));
        for (ulong peer = 1; peer <= LoginThrottle.FreePerName; peer++)
        {
            Enter(_ann, "1", peer);
            Assert.Equal(LoginResult.Wrong, await GuessAsync(logins, peer));
        }

        Enter(_ann, "1", peer: 99);
        Assert.True((await GuessAsync(logins, peer: 99)).Wait > TimeSpan.Zero);
    }

    [Fact]
    public void Remove_Link_ForgetsTheClientsThatItsSessionsAreOf()
    {
        _links.Add(_ann, Identity("1"));
        _sessions.Open(_ann, new PeerId(1));
        _sessions.Open(_ann, new PeerId(2));
        _sessions.Open(_bob, new PeerId(2));
        Enter(_ann, "1", peer: 2);

        _links.Remove(_ann, Issuer, [Issuer]);

        Assert.True(_sessions.Knows("ann", new PeerId(1)));
        Assert.False(_sessions.Knows("ann", new PeerId(2)));
        Assert.True(_sessions.Knows("bob", new PeerId(2)));
    }

    [Fact]
    public void Remove_LinkOfTheOnlySession_KeepsThePseudonym()
    {
        _links.Add(_ann, Identity("1"));
        var first = Enter(_ann, "1", peer: 2).Session;

        _links.Remove(_ann, Issuer, [Issuer]);

        Assert.Equal(first.Pseudonym, _sessions.Open(_ann, new PeerId(3)).Session.Pseudonym);
    }

    [Fact]
    public void AddAndRemove_UnderASessionThatHasEnded_ChangeNothing()
    {
        _links.Add(_ann, Identity("1"));
        var thief = _sessions.Open(_ann, new PeerId(1)).Session;
        _sessions.Close(thief);

        Assert.Throws<AccountException>(() => _links.Add(_ann, Identity("2", Other), thief));
        Assert.Throws<AccountException>(() => _links.Remove(_ann, Issuer, [Issuer], thief));

        Assert.Equal("1", Assert.Single(_links.List(_ann)).Identity.Subject);
    }

    [Fact]
    public void ChangePassword_UnderASession_LeavesThatAlone()
    {
        _links.Add(_ann, Identity("1"));
        var kept = Enter(_ann, "1", peer: 1);
        var byLink = Enter(_ann, "1", peer: 2);
        var byPassword = _sessions.Open(_ann, new PeerId(3));
        var apps = new AppPasswordStore(_database, _time);
        apps.Add(_ann, "radio");
        var ofBob = _sessions.Open(_bob, new PeerId(1));

        var ended = _accounts.ChangePassword(kept.Session, "battery staple");

        Assert.Equal(2, ended.Count);
        Assert.All([byLink, byPassword], gone => Assert.Contains(gone.Session.TokenHash, ended));
        Assert.NotNull(_sessions.Find(kept.Token));
        Assert.NotNull(_sessions.Find(ofBob.Token));
        Assert.Empty(_links.List(_ann));
        Assert.Empty(apps.List(_ann));
        Assert.False(_sessions.Knows("ann", new PeerId(3)));
        Assert.NotNull(_accounts.Verify("ann", "battery staple"));
        Assert.Throws<AccountException>(() => _accounts.ChangePassword(byPassword.Session, "a third one"));
        Assert.Throws<AccountException>(() => _accounts.ChangePassword(kept.Session, "ann"));
        Assert.Throws<AccountException>(() => _accounts.ChangeEmail(byPassword.Session, "thief@example.com"));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static Task<LoginResult> GuessAsync(LoginService logins, ulong peer) =>
        logins.LoginAsync(new LoginAttempt("ann", "a guess", new PeerId(peer), address: null), default);

    private static ExternalIdentity Identity(string subject, string issuer = Issuer, string name = "") =>
        new(issuer, subject) { PreferredName = name };

    private static WantedAccount Wanted(string name = "", string invitation = "") =>
        WantedAccount.WithoutPassword(name, "SE", invitation, address: null);

    private OpenedSession Enter(Account account, string subject, ulong peer) => _sessions.Open(
        account, new PeerId(peer), new SessionOrigin("", "") { Link = Identity(subject) });
}

public sealed class SqliteLinkStoreTests() : LinkStoreTests(new SqliteStore());

public sealed class PostgresLinkStoreTests() : LinkStoreTests(new PostgresStore());
