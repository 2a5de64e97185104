using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using Session = SpotifyCore.Backend.Accounts.Session;
using Ticket = SpotifyCore.Contracts.Ticket;

namespace SpotifyCore.Backend.Tests.Tickets;

public sealed class TicketAuthorityTests : IDisposable
{
    private static readonly PeerId Peer = new(42);

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(TicketScope.Fetch | TicketScope.Peers, 90, 30)]
    [InlineData(TicketScope.Import, 30, 30)]
    [InlineData(TicketScope.Fetch, 10, 10)]
    public void Issue_ScopeAndEnd_AreAsWasSaid(TicketScope scope, int latest, int minutes)
    {
        using var authority = Open();
        using var verifier = VerifierOf(authority);

        var issued = authority.Issue(Session(), scope, _time.GetUtcNow().AddMinutes(latest));

        Assert.Equal(TicketVerdict.Valid, verifier.Check(issued.Ticket_.Span, Peer, _time.GetUtcNow(), out var ticket));
        Assert.Equal(scope, ticket.Scope);
        Assert.Equal(issued.ExpiresUnixMs, ticket.Expires.ToUnixTimeMilliseconds());
        Assert.InRange(
            ticket.Expires, _time.GetUtcNow().AddMinutes(minutes).AddSeconds(-1), _time.GetUtcNow().AddMinutes(minutes));
        Assert.Equal((UInt128)7, ticket.Pseudonym);
    }

    [Fact]
    public void Issue_CopiedOrLate_IsRefused()
    {
        using var authority = Open();
        using var verifier = VerifierOf(authority);
        var issued = Issue(authority).Ticket_.ToByteArray();

        Assert.Equal(TicketVerdict.OtherHolder, verifier.Check(issued, new PeerId(43), _time.GetUtcNow(), out _));
        Assert.Equal(TicketVerdict.OtherHolder, verifier.Check(issued, proven: null, _time.GetUtcNow(), out _));

        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(TicketVerdict.Expired, verifier.Check(issued, Peer, _time.GetUtcNow(), out _));

        issued[20] ^= 1;
        Assert.Equal(TicketVerdict.BadSignature, verifier.Check(issued, Peer, _time.GetUtcNow(), out _));
    }

    [Fact]
    public void LoadOrCreate_Restarted_KeepsItsKey()
    {
        using var before = Open();
        using var after = Open();
        using var verifier = VerifierOf(before);

        var issued = Issue(after);

        Assert.Equal(TicketVerdict.Valid, verifier.Check(issued.Ticket_.Span, Peer, _time.GetUtcNow(), out _));
        Assert.Equal(before.Publish(), after.Publish());
    }

    public void Dispose() => _directory.Dispose();

    private static TicketVerifier VerifierOf(TicketAuthority authority) => new(
        authority.Publish().Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));

    private static Ticket Issue(TicketAuthority authority) =>
        authority.Issue(Session(), TicketScope.Fetch, DateTimeOffset.MaxValue);

    private static Session Session()
    {
        var pseudonym = new byte[16];
        pseudonym[15] = 7;
        return new Session(new byte[32], new Account(1, "ann", AccountRoles.Listener), Peer, pseudonym);
    }

    private TicketAuthority Open() =>
        TicketAuthority.LoadOrCreate(_directory["ticket.key"], _time, TimeSpan.FromMinutes(30));
}
