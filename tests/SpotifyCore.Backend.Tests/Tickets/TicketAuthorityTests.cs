using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Tickets;

public sealed class TicketAuthorityTests : IDisposable
{
    private static readonly PeerId Peer = new(42);

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(AccountRoles.Listener, TicketScope.Fetch)]
    [InlineData(AccountRoles.Import, TicketScope.Import)]
    [InlineData(AccountRoles.Listener | AccountRoles.Import, TicketScope.Fetch | TicketScope.Import)]
    public void Issue_Roles_BecomeTheScope(AccountRoles roles, TicketScope scope)
    {
        using var authority = Open();
        using var verifier = VerifierOf(authority);

        var issued = authority.Issue(SessionOf(roles));

        Assert.Equal(TicketVerdict.Valid, verifier.Check(issued.Ticket_.Span, Peer, _time.GetUtcNow(), out var ticket));
        Assert.Equal(scope, ticket.Scope);
        Assert.Equal(issued.ExpiresUnixMs, ticket.Expires.ToUnixTimeMilliseconds());
        Assert.Equal((UInt128)7, ticket.Pseudonym);
    }

    [Fact]
    public void Issue_CopiedOrLate_IsRefused()
    {
        using var authority = Open();
        using var verifier = VerifierOf(authority);
        var issued = authority.Issue(SessionOf(AccountRoles.Listener)).Ticket_.ToByteArray();

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

        var issued = after.Issue(SessionOf(AccountRoles.Listener));

        Assert.Equal(TicketVerdict.Valid, verifier.Check(issued.Ticket_.Span, Peer, _time.GetUtcNow(), out _));
        Assert.Equal(before.Publish(), after.Publish());
    }

    public void Dispose() => _directory.Dispose();

    private static TicketVerifier VerifierOf(TicketAuthority authority) => new(
        authority.Publish().Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));

    private static Session SessionOf(AccountRoles roles)
    {
        var pseudonym = new byte[16];
        pseudonym[15] = 7;
        return new Session(new byte[32], new Account(1, "ann", roles), Peer, pseudonym);
    }

    private TicketAuthority Open() =>
        TicketAuthority.LoadOrCreate(_directory["ticket.key"], _time, TimeSpan.FromMinutes(30));
}
