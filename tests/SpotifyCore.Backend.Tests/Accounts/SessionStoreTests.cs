using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Tests.Accounts;

public abstract class SessionStoreTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly PeerId Peer = new(42);

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly SessionStore _sessions;
    private readonly Account _account;

    protected SessionStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _sessions = new SessionStore(_database, _time, Lifetime);
        _account = TestAccounts.In(_database, _time).Add("ann", "correct horse", AccountRoles.Listener);
    }

    [Fact]
    public void Find_Opened_GivesAccountAndPeer()
    {
        var (token, _) = _sessions.Open(_account, Peer);

        var session = _sessions.Find(token);

        Assert.Equal((_account, Peer), (session!.Account, session.Peer));
        Assert.True(token.Length >= 43);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Find_NotAToken_IsNull(string token) => Assert.Null(_sessions.Find(token));

    [Fact]
    public void Find_AfterRestart_StillHolds()
    {
        var (token, _) = _sessions.Open(_account, Peer);
        _database.Dispose();
        using var again = _store.Open();

        Assert.NotNull(new SessionStore(again, _time, Lifetime).Find(token));
    }

    [Fact]
    public void Open_SessionsOfOneAccount_ShareItsPseudonymWhileOneIsOpen()
    {
        var other = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        var (_, first) = _sessions.Open(_account, Peer);
        var (_, second) = _sessions.Open(_account, new PeerId(43));
        Assert.Equal(first.Pseudonym, second.Pseudonym);
        Assert.NotEqual(first.Pseudonym, _sessions.Open(other, Peer).Session.Pseudonym);
        _sessions.Close(first);
        Assert.Equal(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
        _time.Advance(Lifetime);
        Assert.NotEqual(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void Find_Expired_IsNull()
    {
        var (token, session) = _sessions.Open(_account, Peer);

        _time.Advance(Lifetime);

        Assert.Null(_sessions.Find(token));
        Assert.False(_sessions.Extend(session, ""));
    }

    [Fact]
    public void Extend_InTime_GivesTheWholeLifetimeAgain()
    {
        var (token, session) = _sessions.Open(_account, Peer);
        _time.Advance(Lifetime / 2);

        Assert.True(_sessions.Extend(session, ""));

        _time.Advance(Lifetime * 0.75);
        Assert.NotNull(_sessions.Find(token));
    }

    [Fact]
    public void Open_TooMany_EndsTheOldest()
    {
        var tokens = new List<string>();
        for (var i = 0; i <= SessionStore.MaxPerAccount; i++)
        {
            tokens.Add(_sessions.Open(_account, new PeerId((ulong)i + 1)).Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_sessions.Find(tokens[0]));
        Assert.All(tokens.Skip(1), token => Assert.NotNull(_sessions.Find(token)));
    }

    [Fact]
    public void Open_SameClientAgain_EndsItsEarlierSessionAlone()
    {
        var other = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        var (first, session) = _sessions.Open(_account, Peer);
        var (beside, _) = _sessions.Open(_account, new PeerId(43));
        var (others, _) = _sessions.Open(other, Peer);

        var (second, _) = _sessions.Open(_account, Peer);

        Assert.Null(_sessions.Find(first));
        Assert.False(_sessions.Extend(session, ""));
        Assert.All([second, beside, others], token => Assert.NotNull(_sessions.Find(token)));
    }

    [Fact]
    public void Open_OnlyClientAgain_KeepsThePseudonym()
    {
        var (_, first) = _sessions.Open(_account, Peer);

        Assert.Equal(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void Open_AfterAllWereEnded_KeepsThePseudonymForADay()
    {
        var (_, first) = _sessions.Open(_account, Peer);
        _sessions.Close(first);
        _time.Advance(SessionStore.PseudonymKept - TimeSpan.FromSeconds(1));
        var (_, second) = _sessions.Open(_account, new PeerId(43));
        Assert.Equal(first.Pseudonym, second.Pseudonym);

        _sessions.Close(second);
        _time.Advance(SessionStore.PseudonymKept);
        Assert.NotEqual(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void List_SessionsOfTheAccount_SaysWhereEachIsAndWasSeen()
    {
        var other = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        _sessions.Open(other, new PeerId(9), new SessionOrigin("Bob's", "192.0.2.9"));
        var (_, laptop) = _sessions.Open(_account, Peer, new SessionOrigin("laptop", "192.0.2.1")
        {
            Kind = DeviceKind.Phone,
        });
        var opened = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Advance(TimeSpan.FromMinutes(1));
        _sessions.Open(_account, new PeerId(43));
        _time.Advance(TimeSpan.FromMinutes(1));
        _sessions.Extend(laptop, "192.0.2.2");

        var list = _sessions.List(_account);

        Assert.Equal([Peer, new PeerId(43)], list.Select(static session => session.Peer));
        Assert.Equal(
            (new SessionOrigin("laptop", "192.0.2.2") { Kind = DeviceKind.Phone }, opened, opened + 120_000),
            (list[0].Origin, list[0].Created, list[0].Seen));
        Assert.Equal(
            (new SessionOrigin("", "") { Kind = DeviceKind.Desktop }, opened + 60_000), (list[1].Origin, list[1].Seen));
        _time.Advance(Lifetime);
        Assert.Empty(_sessions.List(_account));
    }

    [Fact]
    public void Revoke_AClient_EndsItsSessionOfThisAccountAloneAndForgetsIt()
    {
        var other = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        var (lost, session) = _sessions.Open(_account, Peer);
        var (beside, _) = _sessions.Open(_account, new PeerId(43));
        var (others, _) = _sessions.Open(other, Peer);

        Assert.Equal([session.TokenHash], _sessions.Revoke(_account, Peer));

        Assert.Null(_sessions.Find(lost));
        Assert.All([beside, others], token => Assert.NotNull(_sessions.Find(token)));
        Assert.False(_sessions.Knows("ann", Peer));
        Assert.True(_sessions.Knows("bob", Peer));
        Assert.Empty(_sessions.Revoke(_account, Peer));
    }

    [Fact]
    public void Revoke_TheOnlySession_KeepsThePseudonym()
    {
        var (_, first) = _sessions.Open(_account, Peer);

        _sessions.Revoke(_account, Peer);

        Assert.Equal(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void SetPassword_OfTheAccount_KeepsThePseudonym()
    {
        var (_, first) = _sessions.Open(_account, Peer);

        TestAccounts.In(_database, _time).SetPassword("ann", "battery staple");

        Assert.Equal(first.Pseudonym, _sessions.Open(_account, Peer).Session.Pseudonym);
    }

    [Fact]
    public void RevokeOthers_OfASession_EndsAllOthersOfTheAccount()
    {
        var other = TestAccounts.In(_database, _time).Add("bob", "correct horse", AccountRoles.Listener);
        var (own, session) = _sessions.Open(_account, Peer);
        var (first, _) = _sessions.Open(_account, new PeerId(43));
        var (second, _) = _sessions.Open(_account, new PeerId(44));
        var (others, _) = _sessions.Open(other, new PeerId(43));

        Assert.Equal(2, _sessions.RevokeOthers(session).Count);

        Assert.All([first, second], token => Assert.Null(_sessions.Find(token)));
        Assert.All([own, others], token => Assert.NotNull(_sessions.Find(token)));
        Assert.Equal((true, false), (_sessions.Knows("ann", Peer), _sessions.Knows("ann", new PeerId(43))));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }
}

public sealed class SqliteSessionStoreTests() : SessionStoreTests(new SqliteStore());

public sealed class PostgresSessionStoreTests() : SessionStoreTests(new PostgresStore());
