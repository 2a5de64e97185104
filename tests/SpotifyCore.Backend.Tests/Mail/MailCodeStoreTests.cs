using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Mail;

public abstract class MailCodeStoreTests : IDisposable
{
    private static readonly byte[] Hash = TestAccounts.Hasher.Compute("battery staple");

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;
    private readonly MailCodeStore _codes;
    private readonly Account _ann;

    protected MailCodeStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database, _time);
        _codes = new MailCodeStore(_database, _time);
        _ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _accounts.SetEmail("ann", "ann@example.com");
        _accounts.Add("bob", "correct horse", AccountRoles.Listener);
    }

    [Fact]
    public void Verify_CodeOfTheAddress_VerifiesItOnce()
    {
        var code = Make(MailPurpose.Verification, "Ann")!;
        Assert.Equal(("ann", "ann@example.com"), (code.Account, code.Email));
        Assert.False(IsVerified);

        Assert.Equal("ann", _codes.Verify(code.Code));

        Assert.True(IsVerified);
        Assert.Null(_codes.Verify(code.Code));
        Assert.Null(Make(MailPurpose.Verification, "ann"));
        Assert.Null(_codes.Verify("please"));
    }

    [Fact]
    public void Verify_AddressChangedSince_IsRefused()
    {
        var code = Make(MailPurpose.Verification, "ann")!;

        _accounts.SetEmail("ann", "other@example.com");

        Assert.Null(_codes.Verify(code.Code));
        Assert.False(IsVerified);
    }

    [Fact]
    public void Verify_Expired_IsRefused()
    {
        var code = Make(MailPurpose.Verification, "ann")!;

        _time.Advance(MailCodeStore.VerificationLifetime);

        Assert.Null(_codes.Verify(code.Code));
    }

    [Fact]
    public void Make_ForANewPassword_OnlyForAVerifiedAddress()
    {
        Assert.Null(Make(MailPurpose.Reset, "ann"));
        Assert.Null(Make(MailPurpose.Reset, "bob"));
        Assert.Null(Make(MailPurpose.Reset, "carl"));
        Assert.Null(Make(MailPurpose.Verification, "bob"));

        VerifyAnn();
        Assert.NotNull(Make(MailPurpose.Reset, "ann"));

        _accounts.SetEmail("ann", "other@example.com");
        Assert.Null(Make(MailPurpose.Reset, "ann"));
    }

    [Fact]
    public void Make_OverAndOver_LeavesThreeThatAreGood()
    {
        VerifyAnn();
        var codes = Enumerable.Range(0, MailCodeStore.MaxOpen).Select(_ => Make(MailPurpose.Reset, "ann")!.Code).ToList();

        Assert.Null(Make(MailPurpose.Reset, "ann"));

        Assert.All(codes, code => Assert.Equal(_ann, _codes.FindReset(code)));
        _time.Advance(MailCodeStore.ResetLifetime);
        Assert.All(codes, code => Assert.Null(_codes.FindReset(code)));
        Assert.NotNull(Make(MailPurpose.Reset, "ann"));
    }

    [Fact]
    public void Make_AfterAddressesThatWereMistyped_HasCodesToTheRightOneAndAnEnd()
    {
        var (right, made) = ("ann@example.com", 0);
        for (; made < MailCodeStore.MaxOpen; made++)
        {
            _accounts.SetEmail("ann", $"ann@example.{made}");
            Assert.NotNull(Make(MailPurpose.Verification, "ann"));
        }

        _accounts.SetEmail("ann", right);
        Assert.Equal(right, Make(MailPurpose.Verification, "ann")!.Email);

        // To one address no more than before, and to all of them together some.
        for (made++; _codes.Make(new MailWish(MailPurpose.Verification, "ann")) is { } code; made++)
            Assert.Equal(right, code.Email);
        Assert.Equal(2 * MailCodeStore.MaxOpen, made);
        for (var i = 0; made < MailCodeStore.MaxOfAccount; i++, made++)
        {
            _accounts.SetEmail("ann", $"another@example.{i}");
            Assert.NotNull(Make(MailPurpose.Verification, "ann"));
        }

        _accounts.SetEmail("ann", "one.more@example.com");
        Assert.Null(Make(MailPurpose.Verification, "ann"));
        _time.Advance(MailCodeStore.VerificationLifetime);
        Assert.NotNull(Make(MailPurpose.Verification, "ann"));
    }

    [Fact]
    public void Withdraw_OneThatWasNotSent_CountsForNothing()
    {
        VerifyAnn();
        var lost = Enumerable.Range(0, MailCodeStore.MaxOpen).Select(_ => Make(MailPurpose.Reset, "ann")!).Last();

        _codes.Withdraw(lost);

        Assert.Null(_codes.FindReset(lost.Code));
        Assert.NotNull(Make(MailPurpose.Reset, "ann"));
    }

    [Fact]
    public void Reset_WithACode_SetsThePasswordAndEndsAllThatTheOldOneOpened()
    {
        VerifyAnn();
        var (code, another) = (Make(MailPurpose.Reset, "ann")!.Code, Make(MailPurpose.Reset, "ann")!.Code);
        var sessions = new SessionStore(_database, _time, TimeSpan.FromDays(1));
        var passwords = new AppPasswordStore(_database, _time);
        var app = passwords.Add(_ann, "radio")!;
        var (token, session) = sessions.Open(_ann, new PeerId(1));
        var (others, _) = sessions.Open(_accounts.Get("bob"), new PeerId(1));

        Assert.Equal([session.TokenHash], _codes.Reset(code, Hash)!);

        Assert.Null(_accounts.Verify("ann", "correct horse"));
        Assert.NotNull(_accounts.Verify("ann", "battery staple"));
        Assert.Null(sessions.Find(token));
        Assert.NotNull(sessions.Find(others));
        Assert.Null(passwords.Find("ann", app));
        Assert.False(sessions.Knows("ann", new PeerId(1)));
        Assert.All([code, another], used => Assert.Null(_codes.Reset(used, Hash)));
    }

    [Fact]
    public void Code_OfTheOtherPurpose_DoesNothing()
    {
        var verification = Make(MailPurpose.Verification, "ann")!.Code;
        Assert.Null(_codes.FindReset(verification));
        Assert.Null(_codes.Reset(verification, Hash));
        Assert.NotNull(_codes.Verify(verification));
        var reset = Make(MailPurpose.Reset, "ann")!.Code;

        _accounts.SetEmail("ann", "ann@example.com");

        Assert.Null(_codes.Verify(reset));
        Assert.False(IsVerified);
    }

    [Fact]
    public void Reset_OneCodeAtTwoAccessPointsAtOnce_CountsOnce()
    {
        VerifyAnn();
        using var other = _store.Open();
        MailCodeStore[] stores = [_codes, new MailCodeStore(other, _time)];
        var code = Make(MailPurpose.Reset, "ann")!.Code;
        var done = 0;

        Parallel.For(0, 8, i =>
        {
            if (stores[i % 2].Reset(code, Hash) is not null)
                Interlocked.Increment(ref done);
        });

        Assert.Equal(1, done);
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private bool IsVerified => new ProfileStore(_database).Find(_ann)!.IsVerified;

    private MailCode? Make(MailPurpose purpose, string account) => _codes.Make(new MailWish(purpose, account));

    private void VerifyAnn() => Assert.NotNull(_codes.Verify(Make(MailPurpose.Verification, "ann")!.Code));
}

public sealed class SqliteMailCodeStoreTests() : MailCodeStoreTests(new SqliteStore());

public sealed class PostgresMailCodeStoreTests() : MailCodeStoreTests(new PostgresStore());
