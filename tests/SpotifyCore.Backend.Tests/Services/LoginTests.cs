using Google.Protobuf;
using SpotifyCore.Backend.Accounts;
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
            TicketVerdict.Valid, verifier.Check(reply.Ticket.Ticket_.Span, BackendFixture.Identity(7).Id, now, out var ticket));
        Assert.Equal(TicketScope.Fetch, ticket.Scope);
        Assert.Equal(TicketVerdict.OtherHolder, verifier.Check(reply.Ticket.Ticket_.Span, BackendFixture.Identity(8).Id, now, out _));
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
                BackendFixture.LoginAsync(channel, "ann", "wrong", 1));
        var name = await RpcAssert.FailsAsync(
            RpcStatusCode.Unauthenticated, () =>
                BackendFixture.LoginAsync(channel, "nobody", "wrong", 1));

        Assert.Equal(password, name);
    }

    [Fact]
    public async Task Login_KeyThatIsNotProved_IsRefused()
    {
        using var channel = backend.Connect();
        var (own, other) = (BackendFixture.Identity(1), BackendFixture.Identity(2));
        var named = Request();
        await RefusedAsync(named, challenge => KeyProof.Sign(own, challenge, "bob"));
        await RefusedAsync(Request(), challenge => KeyProof.Sign(other, challenge, "ann"));
        await RefusedAsync(Request(), _ => KeyProof.Sign(own, [1, 2, 3], "ann"));
        await RefusedAsync(Request(), _ => []);
        var noKey = Request();
        noKey.PeerKey = ByteString.CopyFrom(1, 2, 3);
        await RefusedAsync(noKey, challenge => KeyProof.Sign(own, challenge, "ann"));

        LoginRequest Request() => new()
        {
            Name = "ann", Password = BackendFixture.Password, PeerKey = ByteString.CopyFrom(own.ExportPublicKey()),
        };
        Task RefusedAsync(LoginRequest request, Func<byte[], byte[]> prove) =>
            RpcAssert.FailsAsync(RpcStatusCode.InvalidArgument, () => channel.LogInAsync(request, prove));
    }

    [Fact]
    public async Task Login_OldOrForeignChallenge_IsRefused()
    {
        using var channel = backend.Connect();
        var identity = BackendFixture.Identity(1);
        var request = new LoginRequest
        {
            Name = "ann", Password = BackendFixture.Password, PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
        };
        await channel.LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, "ann"));

        backend.Time.Advance(LoginChallenges.Lifetime);
        await RpcAssert.FailsAsync(
            RpcStatusCode.FailedPrecondition, () => channel.UnaryAsync(AccessPointMethods.Login, request));

        var foreign = new LoginChallenges(backend.Time).Issue();
        request.Challenge = ByteString.CopyFrom(foreign);
        request.Proof = ByteString.CopyFrom(KeyProof.Sign(identity, foreign, "ann"));
        await RpcAssert.FailsAsync(
            RpcStatusCode.FailedPrecondition, () => channel.UnaryAsync(AccessPointMethods.Login, request));
    }

    [Fact]
    public async Task LogOut_Session_IsNoMoreAndItsStreamEnds()
    {
        var login = await backend.LoginAsync("ann", peer: 10);
        using var channel = backend.Connect(login.Session);
        await using var online = channel.Duplex(AccessPointMethods.Session);
        await online.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = 1 } });
        Assert.NotNull((await online.ReadAsync())!.Welcome);

        await channel.UnaryAsync(AccessPointMethods.LogOut, new LogOutRequest());

        await RpcAssert.FailsAsync(RpcStatusCode.Unauthenticated, async () =>
        {
            while (await online.ReadAsync() is not null)
                continue;
        });
        await RpcAssert.FailsAsync(
            RpcStatusCode.Unauthenticated, () =>
                channel.UnaryAsync(AccessPointMethods.RefreshTicket, new RefreshTicketRequest()));
    }

    [Fact]
    public async Task Login_Guessing_IsThrottledForTheRightPasswordToo()
    {
        using var channel = backend.Connect();
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            await RpcAssert.FailsAsync(
                RpcStatusCode.Unauthenticated, () =>
                BackendFixture.LoginAsync(channel, "bob", "guess", 1));
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
            TicketVerdict.Valid, verifier.Check(ticket.Ticket_.Span, BackendFixture.Identity(9).Id, backend.Time.GetUtcNow(), out _));
    }

    private static TicketVerifier VerifierOf(TicketKeys keys) =>
        new(keys.Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));
}
