using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

/// <summary>What others do between the moment when a password was found right and that when a session is opened.</summary>
public abstract class LoginUnderWayTests : IDisposable
{
    private const string Former = "correct horse";
    private const string Next = "battery staple";

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly HookedDatabase _hooked;
    private readonly AccountStore _accounts;
    private readonly SessionStore _sessions;
    private readonly Account _ann;

    protected LoginUnderWayTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _hooked = new HookedDatabase(_database);
        _accounts = TestAccounts.In(_database, _time);
        _sessions = new SessionStore(_hooked, _time, TimeSpan.FromDays(1));
        _ann = _accounts.Add("ann", Former, AccountRoles.Listener);
    }

    [Fact]
    public async Task Login_WhileAnotherPasswordIsSet_OpensNothing()
    {
        _hooked.BeforeWrite = () => _accounts.SetPassword("ann", Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Former));

        Assert.Empty(_sessions.List(_ann));
        Assert.False(_sessions.Knows("ann", new PeerId(1)));
        Assert.NotNull((await LogInAsync(Next)).Token);
    }

    [Fact]
    public async Task Login_WhileThePasswordIsResetByMail_OpensNothing()
    {
        var codes = new MailCodeStore(_database, _time);
        _accounts.SetEmail("ann", "ann@example.com");
        codes.Verify(codes.Make(new MailWish(MailPurpose.Verification, "ann"))!.Code);
        var code = codes.Make(new MailWish(MailPurpose.Reset, "ann"))!.Code;
        _hooked.BeforeWrite = () => Assert.NotNull(codes.Reset(code, TestAccounts.Hasher.Compute(Next)));

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Former));

        Assert.Empty(_sessions.List(_ann));
    }

    [Fact]
    public async Task Login_WhileItsOwnerChangesThePassword_OpensNothing()
    {
        var owner = _sessions.Open(_ann, new PeerId(2)).Session;
        _hooked.BeforeWrite = () => _accounts.ChangePassword(owner, Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Former));

        Assert.Equal([owner.TokenHash], _sessions.List(_ann).Select(static listed => listed.TokenHash));
    }

    // Two logins make it anew at once: neither is kept out by the other.
    [Fact]
    public async Task Login_WhileTheSamePasswordIsHashedAnew_OpensASession()
    {
        var dearer = new PasswordHasher(rounds: 2_000);
        _hooked.BeforeWrite = () => Assert.NotNull(new AccountStore(_database, dearer, _time).Verify("ann", Former));

        Assert.NotNull((await LogInAsync(Former, dearer)).Token);
    }

    [Fact]
    public async Task Login_WhileItIsHashedAnewAnotherPasswordIsSet_IsWrong()
    {
        _hooked.BeforeWrite = () => _accounts.SetPassword("ann", Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Former, new PasswordHasher(rounds: 2_000)));

        Assert.NotNull(_accounts.Verify("ann", Next));
    }

    public void Dispose()
    {
        _hooked.Dispose();
        _store.Dispose();
    }

    private Task<LoginResult> LogInAsync(string password, PasswordHasher? hasher = null)
    {
        var accounts = new AccountStore(_hooked, hasher ?? TestAccounts.Hasher, _time);
        var logins = new LoginService(
            new PasswordVerifier(accounts, new AppPasswordStore(_database, _time), new HashingQueue()), _sessions,
            new LoginThrottle(), _time);
        return logins.LoginAsync(new LoginAttempt("ann", password, new PeerId(1), IPAddress.Loopback), default);
    }
}

public sealed class SqliteLoginUnderWayTests() : LoginUnderWayTests(new SqliteStore());

public sealed class PostgresLoginUnderWayTests() : LoginUnderWayTests(new PostgresStore());
