using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class PresenceTicketsTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Session_BeforeTheTicketExpires_PushesAnother()
    {
        var login = await backend.LoginAsync("ann", peer: 31);
        using var ann = backend.Connect(login.Session);
        using var online = ann.AccessPoint().Session();
        await online.RequestStream.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = 1 } });
        var welcome = (await online.NextAsync())!.Welcome;
        Assert.Equal(("127.0.0.1", login.Keys), (welcome.SeenHost, welcome.Keys));
        var first = (await online.NextAsync())!.Ticket;

        backend.Time.AdvanceToNextTimer();
        var second = (await online.NextAsync())!.Ticket;

        using var verifier = new TicketVerifier(
            login.Keys.Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));
        Assert.InRange(backend.Time.GetUtcNow().ToUnixTimeMilliseconds(), 1, first.ExpiresUnixMs - 1);
        Assert.True(second.ExpiresUnixMs > first.ExpiresUnixMs);
        Assert.Equal(
            TicketVerdict.Valid, verifier.Check(second.Ticket_.Span, BackendFixture.Identity(31).Id, backend.Time.GetUtcNow(), out _));
    }
}
