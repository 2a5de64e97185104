using Google.Protobuf;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class LoginTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Login_Right_GivesSessionAndTicketBoundToTheKey()
    {
        var reply = await backend.LoginAsync("Ann", peer: 7);

        using var verifier = VerifierOf(reply.Keys);
        var now = backend.Time.GetUtcNow();
        Assert.Equal(["listener"], reply.Roles);
        Assert.Equal(
            TicketVerdict.Valid, verifier.Check(reply.Ticket.Ticket_.Span, new PeerId(7), now, out var ticket));
        Assert.Equal(TicketScope.Fetch, ticket.Scope);
        Assert.Equal(TicketVerdict.OtherHolder, verifier.Check(reply.Ticket.Ticket_.Span, new PeerId(8), now, out _));
    }

    [Fact]
    public async Task Login_Import_GivesAnImportTicket()
    {
        var reply = await backend.LoginAsync("import", peer: 7);

        Assert.True(Protocol.Trust.Ticket.TryRead(reply.Ticket.Ticket_.Span, out var ticket));
        Assert.Equal((TicketScope.Import, "import"), (ticket.Scope, Assert.Single(reply.Roles)));
    }

    [Fact]
    public async Task Login_WrongNameOrPassword_AreToldAlike()
    {
        using var channel = backend.Connect();

        var password = await RpcAssert.FailsAsync(
            RpcStatusCode.Unauthenticated, () =>
                channel.UnaryAsync(AccessPointMethods.Login, BackendFixture.Login("ann", "wrong", 1)));
        var name = await RpcAssert.FailsAsync(
            RpcStatusCode.Unauthenticated, () =>
                channel.UnaryAsync(AccessPointMethods.Login, BackendFixture.Login("nobody", "wrong", 1)));

        Assert.Equal(password, name);
    }

    [Fact]
    public async Task Login_WithoutAPeerId_IsRefused()
    {
        using var channel = backend.Connect();
        var request = BackendFixture.Login("ann", BackendFixture.Password, 1);
        request.PeerId = ByteString.CopyFrom(1, 2, 3);

        await RpcAssert.FailsAsync(
            RpcStatusCode.InvalidArgument, () => channel.UnaryAsync(AccessPointMethods.Login, request));
    }

    [Fact]
    public async Task Login_Guessing_IsThrottledForTheRightPasswordToo()
    {
        using var channel = backend.Connect();
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            await RpcAssert.FailsAsync(
                RpcStatusCode.Unauthenticated, () =>
                    channel.UnaryAsync(AccessPointMethods.Login, BackendFixture.Login("bob", "guess", 1)));
        }

        await RpcAssert.FailsAsync(RpcStatusCode.ResourceExhausted, () => backend.LoginAsync("bob", 1));

        backend.Time.Advance(LoginThrottle.Memory * 2);
        Assert.NotEmpty((await backend.LoginAsync("bob", 1)).Session);
    }

    [Fact]
    public async Task GetTicketKeys_Stranger_MayHaveThem()
    {
        using var channel = backend.Connect();

        var keys = await channel.UnaryAsync(AccessPointMethods.GetTicketKeys, new GetTicketKeysRequest());

        Assert.Equal((await backend.LoginAsync("ann", 1)).Keys, keys);
    }

    [Fact]
    public async Task RefreshTicket_Later_GivesALaterTicketForTheSameKey()
    {
        var login = await backend.LoginAsync("ann", peer: 9);
        using var channel = backend.Connect(login.Session);
        backend.Time.Advance(TimeSpan.FromMinutes(50));

        var ticket = await channel.UnaryAsync(AccessPointMethods.RefreshTicket, new RefreshTicketRequest());

        using var verifier = VerifierOf(login.Keys);
        Assert.True(ticket.ExpiresUnixMs > login.Ticket.ExpiresUnixMs);
        Assert.Equal(
            TicketVerdict.Valid, verifier.Check(ticket.Ticket_.Span, new PeerId(9), backend.Time.GetUtcNow(), out _));
    }

    private static TicketVerifier VerifierOf(TicketKeys keys) =>
        new(keys.Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));
}
