using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class PresenceTicketsTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Session_BeforeTheTicketExpires_PushesAnother()
    {
        var login = await backend.LoginAsync("ann", peer: 31);
        using var ann = backend.Connect(login.Session);
        await using var online = ann.Duplex(AccessPointMethods.Session);
        await online.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = 1 } });
        Assert.Equal("127.0.0.1", (await online.ReadAsync())!.Welcome.SeenHost);
        var first = (await online.ReadAsync())!.Ticket;

        backend.Time.AdvanceToNextTimer();
        var second = (await online.ReadAsync())!.Ticket;

        using var verifier = new TicketVerifier(
            login.Keys.Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));
        Assert.InRange(backend.Time.GetUtcNow().ToUnixTimeMilliseconds(), 1, first.ExpiresUnixMs - 1);
        Assert.True(second.ExpiresUnixMs > first.ExpiresUnixMs);
        Assert.Equal(
            TicketVerdict.Valid, verifier.Check(second.Ticket_.Span, new PeerId(31), backend.Time.GetUtcNow(), out _));
    }
}
