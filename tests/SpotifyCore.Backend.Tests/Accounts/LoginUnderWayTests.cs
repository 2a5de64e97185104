using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

/// <summary>What others do between the moment when a password was found right and that when a session is opened.</summary>
public abstract class LoginUnderWayTests : AccountCase
{
    private const string Next = "battery staple";

    private readonly HookedDatabase _hooked;

    protected LoginUnderWayTests(TestStore store)
        : base(store) => _hooked = new HookedDatabase(Database);

    [Fact]
    public async Task Login_WhileAnotherPasswordIsSet_OpensNothing()
    {
        _hooked.BeforeWrite = () => Accounts.SetPassword("ann", Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Password));

        Assert.Empty(Sessions.List(Ann));
        Assert.False(Sessions.Knows("ann", new PeerId(1)));
        Assert.NotNull((await LogInAsync(Next)).Token);
    }

    [Fact]
    public async Task Login_WhileThePasswordIsResetByMail_OpensNothing()
    {
        var codes = new MailCodeStore(Database, Time);
        Accounts.SetEmail("ann", "ann@example.com");
        codes.Verify(codes.Make(new MailWish(MailPurpose.Verification, "ann"))!.Code);
        var code = codes.Make(new MailWish(MailPurpose.Reset, "ann"))!.Code;
        _hooked.BeforeWrite = () => Assert.NotNull(codes.Reset(code, TestAccounts.Hasher.Compute(Next)));

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Password));

        Assert.Empty(Sessions.List(Ann));
    }

    [Fact]
    public async Task Login_WhileItsOwnerChangesThePassword_OpensNothing()
    {
        var owner = Sessions.Open(Ann, new PeerId(2)).Session;
        _hooked.BeforeWrite = () => Accounts.ChangePassword(owner, Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Password));

        Assert.Equal([owner.TokenHash], Sessions.List(Ann).Select(static listed => listed.TokenHash));
    }

    // Two logins make it anew at once: neither is kept out by the other.
    [Fact]
    public async Task Login_WhileTheSamePasswordIsHashedAnew_OpensASession()
    {
        var dearer = new PasswordHasher(rounds: 2_000);
        _hooked.BeforeWrite = () => Assert.NotNull(new AccountStore(Database, dearer, Time).Verify("ann", Password));

        Assert.NotNull((await LogInAsync(Password, dearer)).Token);
    }

    [Fact]
    public async Task Login_WhileItIsHashedAnewAnotherPasswordIsSet_IsWrong()
    {
        _hooked.BeforeWrite = () => Accounts.SetPassword("ann", Next);

        Assert.Equal(LoginResult.Wrong, await LogInAsync(Password, new PasswordHasher(rounds: 2_000)));

        Assert.NotNull(Accounts.Verify("ann", Next));
    }

    private Task<LoginResult> LogInAsync(string password, PasswordHasher? hasher = null)
    {
        var accounts = new AccountStore(_hooked, hasher ?? TestAccounts.Hasher, Time);
        var logins = new LoginService(
            new PasswordVerifier(accounts, new AppPasswordStore(Database, Time), new HashingQueue()),
            new SessionStore(_hooked, Time, TimeSpan.FromDays(1)), new LoginThrottle(), Time);
        return logins.LoginAsync(new LoginAttempt("ann", password, new PeerId(1), IPAddress.Loopback), default);
    }
}

public sealed class SqliteLoginUnderWayTests() : LoginUnderWayTests(new SqliteStore());

public sealed class PostgresLoginUnderWayTests() : LoginUnderWayTests(new PostgresStore());
