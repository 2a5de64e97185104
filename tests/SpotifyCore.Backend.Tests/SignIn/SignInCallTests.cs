using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;
using SpotifyCore.Testing.Providers;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>Signing in through a real provider, over the wire.</summary>
public sealed class SignInCallTests(SignInFixture fixture) : IClassFixture<SignInFixture>, IAsyncLifetime
{
    private readonly BackendFixture _backend = fixture.Backend;

    // What other tests failed at is forgiven.
    public Task InitializeAsync()
    {
        fixture.Backend.Time.Advance(LoginThrottle.Memory);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ListProviders_OfThoseSet_SaysWhatAFlowTakes()
    {
        using var stranger = _backend.Connect();

        var list = await stranger.ExternalSignIn().ListProvidersAsync(new ListProvidersRequest());

        Assert.Equal([SignInFixture.Provider, SignInFixture.Silent], list.Providers.Select(static one => one.Name));
        var provider = list.Providers[0];
        Assert.Equal((fixture.OpenIddict.Issuer, OpenIddictProvider.ClientId), (provider.Issuer, provider.ClientId));
        Assert.Equal(["openid", "profile"], provider.Scopes);
    }

    [Fact]
    public async Task SignIn_TheFirstTime_MakesAnAccountAndLogsInToItFromThen()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "first", peer: 500);
        Assert.Contains(
            "No account here is linked",
            await CallAssert.FailsAsync(StatusCode.NotFound, () => SignInAsync(stranger, request)));
        request.Account = new AccountToMake { Country = "FI" };
        Assert.Equal(
            "Registration is closed in FI.",
            await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => SignInAsync(stranger, request)));
        request.Account = new AccountToMake { Country = "SE", Name = "ann" };
        await CallAssert.FailsAsync(StatusCode.AlreadyExists, () => SignInAsync(stranger, request));

        // The flow is not gone through again for what the listener can mend.
        request.Account.Name = "Flora";
        var made = await SignInAsync(stranger, request);

        Assert.Equal(("flora", ["listener"]), (made.Name, made.Roles));
        using (var flora = _backend.Connect(made.Session))
        {
            using var online = await GoOnlineAsync(flora);
            Assert.Equal("SE", (await flora.UserAccounts().GetProfileAsync(new GetProfileRequest())).Country);
        }

        request = await fixture.AskAsync(stranger, "first", peer: 501);
        request.Device = "kitchen";
        var again = await SignInAsync(stranger, request);

        Assert.Equal("flora", again.Name);
        using var kitchen = _backend.Connect(again.Session);
        var sessions = (await kitchen.UserAccounts().ListSessionsAsync(new ListSessionsRequest())).Sessions;
        Assert.Contains(sessions, static session => session is { Current: true, Device: "kitchen" });
    }

    [Fact]
    public async Task SignIn_TokenUsedBeforeOrOfAnotherClient_IsRefused()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "replayed", peer: 510);
        request.Account = new AccountToMake { Country = "SE" };
        var stolen = SignInFixture.Request(request.Challenge, request.IdToken, peer: 511);
        Assert.Equal(
            "The id token is of another sign-in than this.",
            await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => SignInAsync(stranger, stolen)));
        await SignInAsync(stranger, request);

        Assert.Contains(
            "has been used",
            await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => SignInAsync(stranger, request)));
        var other = await stranger.ExternalSignIn().BeginSignInAsync(new BeginSignInRequest());
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => SignInAsync(
            stranger, SignInFixture.Request(other.Challenge, request.IdToken, peer: 510)));
        request = await fixture.AskAsync(stranger, "replayed", peer: 510);
        _backend.Time.Advance(SignInService.ChallengeLifetime);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => SignInAsync(stranger, request));
    }

    [Fact]
    public async Task SignIn_WithoutAProofOrAProvider_IsRefused()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "unproved", peer: 520);
        request.Provider = "nobody";
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => SignInAsync(stranger, request));
        request.Provider = SignInFixture.Provider;
        request.PeerKey = SignInFixture.Request(request.Challenge, request.IdToken, peer: 521).PeerKey;
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => SignInAsync(stranger, request));
    }

    [Fact]
    public async Task SignIn_ProviderThatDoesNotAnswer_IsToldAndHarmsNobodyElse()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "silent", peer: 530);
        request.Provider = SignInFixture.Silent;
        for (var i = 0; i < LoginThrottle.FreePerAddress * 2; i++)
        {
            Assert.Contains(
                "'silent' does not answer",
                await CallAssert.FailsAsync(StatusCode.Unavailable, () => SignInAsync(stranger, request)));
        }

        request.Provider = SignInFixture.Provider;
        request.Account = new AccountToMake { Country = "SE" };
        Assert.NotEmpty((await SignInAsync(stranger, request)).Session);
    }

    [Fact]
    public async Task SignIn_OnceTheProviderHasOtherKeys_GoesOn()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "rotating", peer: 540);
        request.Account = new AccountToMake { Country = "SE" };
        var name = (await SignInAsync(stranger, request)).Name;

        await fixture.OpenIddict.RotateAsync();

        Assert.Equal(name, (await SignInAsync(stranger, await fixture.AskAsync(stranger, "rotating", peer: 540))).Name);
    }

    [Fact]
    public async Task Link_OfAnAccountWithAPassword_LogsInToItUntilItIsUnlinked()
    {
        using var owner = await _backend.ConnectAsync("ann", peer: 550);
        await LinkAsync(owner, "ann", await fixture.AskAsync(owner, "ann-there", peer: 550), peer: 550);
        using var stranger = _backend.Connect();

        var login = await SignInAsync(stranger, await fixture.AskAsync(stranger, "ann-there", peer: 551));

        Assert.Equal("ann", login.Name);
        using var linked = _backend.Connect(login.Session);
        using var online = await GoOnlineAsync(linked);
        var link = Assert.Single((await linked.ExternalSignIn().ListLinksAsync(new ListLinksRequest())).Links);
        Assert.Equal((SignInFixture.Provider, "ann-there"), (link.Provider, link.Subject));
        Assert.True(link.UsedUnixMs > 0);

        Assert.Equal(1, (await UnlinkAsync(owner, "ann", peer: 550)).Ended);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () =>
            linked.UserAccounts().GetProfileAsync(new GetProfileRequest()).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.NotFound, () => UnlinkAsync(owner, "ann", peer: 550));
        Assert.NotEmpty((await owner.UserAccounts().GetProfileAsync(new GetProfileRequest())).Name);
    }

    [Fact]
    public async Task Link_OfWhomAnotherAccountIsLinkedWith_IsRefused()
    {
        using var ann = await _backend.ConnectAsync("bob", peer: 560);
        using var cid = await _backend.ConnectAsync("cid", peer: 561);
        await LinkAsync(ann, "bob", await fixture.AskAsync(ann, "bob-there", peer: 560), peer: 560);

        Assert.Contains("Another account", await CallAssert.FailsAsync(StatusCode.AlreadyExists, async () =>
            await LinkAsync(cid, "cid", await fixture.AskAsync(cid, "bob-there", peer: 561), peer: 561)));
        Assert.Contains("unlink that first", await CallAssert.FailsAsync(StatusCode.AlreadyExists, async () =>
            await LinkAsync(ann, "bob", await fixture.AskAsync(ann, "bob-elsewhere", peer: 560), peer: 560)));

        // A token that another client asked for, even of one's own account, links nothing.
        Assert.Contains("another sign-in", await CallAssert.FailsAsync(StatusCode.InvalidArgument, async () =>
            await LinkAsync(cid, "cid", await fixture.AskAsync(cid, "cid-there", peer: 560), peer: 561)));
        Assert.Empty((await cid.ExternalSignIn().ListLinksAsync(new ListLinksRequest())).Links);
    }

    [Fact]
    public async Task Unlink_TheOnlyWayIn_IsRefused()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "only", peer: 570);
        request.Account = new AccountToMake { Country = "SE" };
        using var only = _backend.Connect((await SignInAsync(stranger, request)).Session);

        // Whoever has no password proves it by signing in, and by no sign-in of somebody else.
        var other = new OwnerProof { SignIn = await fixture.AskAsync(only, "another", peer: 570) };
        Assert.Contains("is not linked with who", await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => UnlinkAsync(only, other)));
        var proof = new OwnerProof { SignIn = await fixture.AskAsync(only, "only", peer: 570) };
        Assert.EndsWith("link another provider first, or ask the operator.", await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => UnlinkAsync(only, proof)));
        Assert.Contains("has been used", await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => UnlinkAsync(only, proof)));

        Assert.NotEmpty((await only.UserAccounts().GetProfileAsync(new GetProfileRequest())).Name);
    }

    [Fact]
    public async Task Links_WithAnAppPassword_AreOutOfReach()
    {
        using var owner = await _backend.ConnectAsync("dot", peer: 580);
        var made = await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" });
        using var stranger = _backend.Connect();
        using var radio = _backend.Connect(
            (await BackendFixture.LoginAsync(stranger, "dot", made.Password, peer: 581)).Session);

        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () =>
            radio.ExternalSignIn().ListLinksAsync(new ListLinksRequest()).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, async () =>
            await LinkAsync(radio, "dot", await fixture.AskAsync(radio, "dot-there", peer: 581), peer: 581));
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => UnlinkAsync(radio, "dot", peer: 581));
    }

    [Fact]
    public async Task LinkAndUnlink_BySomebodyWhoHasTheSessionAlone_ChangeNothing()
    {
        using var owner = await _backend.ConnectAsync("guessed", peer: 590);
        await LinkAsync(owner, "guessed", await fixture.AskAsync(owner, "guessed-there", peer: 590), peer: 590);
        var thiefs = await fixture.AskAsync(owner, "thief", peer: 590);

        // Of nobody, of who guesses, of another client than the session's, of another account, and one that was used.
        var used = await SignInFixture.ProveAsync(owner, "guessed", peer: 590);
        await owner.Credentials().ChangeEmailAsync(new ChangeEmailRequest { Email = "guessed@example.com", Proof = used });
        OwnerProof?[] proofs =
        [
            null, new OwnerProof(),
            await SignInFixture.ProveAsync(owner, "guessed", peer: 590, password: "a guess"),
            await SignInFixture.ProveAsync(owner, "guessed", peer: 591),
            await SignInFixture.ProveAsync(owner, "crowd", peer: 590),
            new OwnerProof { SignIn = await fixture.AskAsync(owner, "guessed-there", peer: 591) },
            new OwnerProof { SignIn = thiefs },
        ];
        foreach (var proof in proofs)
        {
            await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => LinkAsync(owner, thiefs, proof));
            await CallAssert.FailsAsync(
                proof?.Login is null ? StatusCode.InvalidArgument : StatusCode.FailedPrecondition,
                () => UnlinkAsync(owner, proof));
        }

        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => LinkAsync(owner, thiefs, used));
        var link = Assert.Single((await owner.ExternalSignIn().ListLinksAsync(new ListLinksRequest())).Links);
        Assert.Equal("guessed-there", link.Subject);
    }

    [Fact]
    public async Task Unlink_ByTheProviderThatIsLinked_NeedsNoPassword()
    {
        using var owner = await _backend.ConnectAsync("both", peer: 595);
        await LinkAsync(owner, "both", await fixture.AskAsync(owner, "both-there", peer: 595), peer: 595);

        var proof = new OwnerProof { SignIn = await fixture.AskAsync(owner, "both-there", peer: 595) };

        Assert.Equal(0, (await UnlinkAsync(owner, proof)).Ended);
    }

    [Fact]
    public async Task Unlink_GuessedAt_HasToWait()
    {
        using var owner = await _backend.ConnectAsync("crowd", peer: 597);
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            await CallAssert.FailsAsync(StatusCode.InvalidArgument, async () => await UnlinkAsync(
                owner, await SignInFixture.ProveAsync(owner, "crowd", peer: 597, password: "a guess")));
        }

        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => UnlinkAsync(owner, "crowd", peer: 597));
    }

    internal static Task<LoginReply> SignInAsync(EndpointChannel channel, SignInRequest request) =>
        channel.ExternalSignIn().SignInAsync(request).ResponseAsync;

    private static async Task<LinkReply> LinkAsync(EndpointChannel channel, string name, SignInRequest asked, int peer) =>
        await LinkAsync(channel, asked, await SignInFixture.ProveAsync(channel, name, peer));

    private static Task<LinkReply> LinkAsync(EndpointChannel channel, SignInRequest asked, OwnerProof? proof) =>
        channel.ExternalSignIn().LinkAsync(new LinkRequest
        {
            Provider = asked.Provider, IdToken = asked.IdToken, Challenge = asked.Challenge, Proof = proof,
        }).ResponseAsync;

    private static async Task<UnlinkReply> UnlinkAsync(EndpointChannel channel, string name, int peer) =>
        await UnlinkAsync(channel, await SignInFixture.ProveAsync(channel, name, peer));

    private static Task<UnlinkReply> UnlinkAsync(EndpointChannel channel, OwnerProof? proof) => channel.ExternalSignIn()
        .UnlinkAsync(new UnlinkRequest { Provider = SignInFixture.Provider, Proof = proof }).ResponseAsync;
}
