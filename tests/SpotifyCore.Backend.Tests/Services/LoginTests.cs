using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

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
        Assert.Equal(TicketScope.Fetch | TicketScope.Peers, ticket.Scope);
        Assert.Equal(TicketVerdict.OtherHolder, verifier.Check(reply.Ticket.Ticket_.Span, BackendFixture.Identity(8).Id, now, out _));
    }

    [Fact]
    public async Task Login_Import_GivesAnImportTicket()
    {
        var reply = await backend.LoginAsync("import", peer: 7);

        Assert.True(Protocol.Trust.Ticket.TryRead(reply.Ticket.Ticket_.Span, out var ticket));
        Assert.Equal((TicketScope.Import, "import"), (ticket.Scope, Assert.Single(reply.Roles)));
    }

    [Theory]
    [InlineData("ann", "listener")]
    [InlineData("import", "import")]
    public async Task Login_ForARoleOfTheAccount_GivesASession(string name, string role)
    {
        using var channel = backend.Connect();

        var reply = await BackendFixture.LoginAsync(channel, name, BackendFixture.Password, peer: 7, role);

        Assert.NotEmpty(reply.Session);
    }

    [Theory]
    [InlineData("cid", "import", StatusCode.PermissionDenied, "The account cid may not import.")]
    [InlineData("Import", "listener", StatusCode.PermissionDenied, "The account import may not listen.")]
    [InlineData("cid", "root", StatusCode.InvalidArgument, "There is no such role.")]
    public async Task Login_ForARoleThatTheAccountLacks_OpensNoSessionAndEndsNone(
        string name, string role, StatusCode code, string detail)
    {
        var earlier = await backend.LoginAsync(name, peer: 70);
        var before = backend.Accounts.List().Sum(static entry => entry.Sessions);
        using var channel = backend.Connect(earlier.Session);

        var refused = await CallAssert.FailsAsync(
            code, () => BackendFixture.LoginAsync(channel, name, BackendFixture.Password, peer: 70, role));

        Assert.Equal(detail, refused);
        Assert.Equal(before, backend.Accounts.List().Sum(static entry => entry.Sessions));
        await channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());
    }

    [Fact]
    public async Task Login_WrongNameOrPassword_AreToldAlike()
    {
        using var channel = backend.Connect();

        var password = await CallAssert.FailsAsync(
            StatusCode.Unauthenticated, () =>
                BackendFixture.LoginAsync(channel, "ann", "wrong", 1));
        var name = await CallAssert.FailsAsync(
            StatusCode.Unauthenticated, () =>
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
            CallAssert.FailsAsync(StatusCode.InvalidArgument, () => channel.AccessPoint().LogInAsync(request, prove));
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
        await channel.AccessPoint().LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, "ann"));

        backend.Time.Advance(LoginChallenges.Lifetime);
        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => channel.AccessPoint().LoginAsync(request).ResponseAsync);

        var foreign = new LoginChallenges(backend.Time).Issue();
        request.Challenge = ByteString.CopyFrom(foreign);
        request.Proof = ByteString.CopyFrom(KeyProof.Sign(identity, foreign, "ann"));
        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => channel.AccessPoint().LoginAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Login_ChallengeUsedTwice_IsRefused()
    {
        using var channel = backend.Connect();
        var identity = BackendFixture.Identity(1);
        var request = new LoginRequest
        {
            Name = "ann", Password = BackendFixture.Password, PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
        };
        await channel.AccessPoint().LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, "ann"));

        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => channel.AccessPoint().LoginAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Login_KnownDeviceWhileOthersGuess_IsLetIn()
    {
        const int Own = 95;
        await backend.LoginAsync("guessed", Own);
        using var stranger = backend.Connect();
        for (var i = 0; i < 2 * LoginThrottle.FreePerName; i++)
        {
            await Assert.ThrowsAsync<RpcException>(() =>
                BackendFixture.LoginAsync(stranger, "guessed", "guess", 96));
        }

        Assert.NotEmpty((await backend.LoginAsync("guessed", Own)).Session);
    }

    [Fact]
    public async Task Login_ManyRightOnesFromOneAddress_AllGetIn()
    {
        var logins = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 150), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            {
                Assert.NotEmpty((await backend.LoginAsync("crowd", 200 + i)).Session);
                Interlocked.Increment(ref logins);
            });

        Assert.Equal(150, logins);
    }

    [Fact]
    public async Task LogOut_Session_IsNoMoreAndItsStreamEnds()
    {
        var login = await backend.LoginAsync("ann", peer: 10);
        using var channel = backend.Connect(login.Session);
        using var online = await GoOnlineAsync(channel);

        await channel.AccessPoint().LogOutAsync(new LogOutRequest());

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(
            StatusCode.Unauthenticated, () =>
                channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest()).ResponseAsync);
    }

    [Fact]
    public async Task Login_OfAClientThatIsOnline_EndsTheStreamOfTheSessionItReplaces()
    {
        using var before = await backend.ConnectAsync("dot", peer: 60);
        using var beside = await backend.ConnectAsync("dot", peer: 61);
        using var replaced = await GoOnlineAsync(before);
        using var other = await GoOnlineAsync(beside);

        var login = await backend.LoginAsync("dot", peer: 60);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(replaced));
        using var after = backend.Connect(login.Session);
        using var again = await GoOnlineAsync(after);
        await other.RequestStream.WriteAsync(new ClientNotice { Port = new PortChanged { ListenPort = 2 } });
    }

    [Fact]
    public async Task Login_MoreThanAnAccountMayHave_EndsTheStreamOfTheOldest()
    {
        using var oldest = await backend.ConnectAsync("crowd", peer: 100);
        using var online = await GoOnlineAsync(oldest);

        // The session has its whole lifetime again before this is sent, and not at any time from here on.
        Assert.NotNull((await online.NextAsync())!.Ticket);
        for (var other = 1; other <= SessionStore.MaxPerAccount; other++)
        {
            // Each expires later than the one before.
            backend.Time.Advance(TimeSpan.FromSeconds(1));
            await backend.LoginAsync("crowd", peer: 100 + other);
        }

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
    }

    [Fact]
    public async Task Login_Guessing_IsThrottledForTheRightPasswordToo()
    {
        using var channel = backend.Connect();
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            await CallAssert.FailsAsync(
                StatusCode.Unauthenticated, () =>
                BackendFixture.LoginAsync(channel, "bob", "guess", 98));
        }

        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => backend.LoginAsync("bob", 98));

        backend.Time.Advance(LoginThrottle.Memory * 2);
        Assert.NotEmpty((await backend.LoginAsync("bob", 98)).Session);
    }

    [Fact]
    public async Task GetTicketKeys_Stranger_MayHaveThem()
    {
        using var channel = backend.Connect();

        var keys = await channel.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest());

        Assert.Equal((await backend.LoginAsync("ann", 1)).Keys, keys);
    }

    [Fact]
    public async Task RefreshTicket_Later_GivesALaterTicketForTheSameKey()
    {
        var login = await backend.LoginAsync("ann", peer: 9);
        using var channel = backend.Connect(login.Session);
        backend.Time.Advance(TimeSpan.FromMinutes(50));

        var ticket = await channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());

        using var verifier = VerifierOf(login.Keys);
        Assert.True(ticket.ExpiresUnixMs > login.Ticket.ExpiresUnixMs);
        Assert.Equal(
            TicketVerdict.Valid, verifier.Check(ticket.Ticket_.Span, BackendFixture.Identity(9).Id, backend.Time.GetUtcNow(), out _));
    }

    private static TicketVerifier VerifierOf(TicketKeys keys) =>
        new(keys.Keys.Select(key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())));
}
