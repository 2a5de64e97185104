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
        await LinkAsync(owner, await fixture.AskAsync(owner, "ann-there", peer: 550));
        using var stranger = _backend.Connect();

        var login = await SignInAsync(stranger, await fixture.AskAsync(stranger, "ann-there", peer: 551));

        Assert.Equal("ann", login.Name);
        using var linked = _backend.Connect(login.Session);
        using var online = await GoOnlineAsync(linked);
        var link = Assert.Single((await linked.ExternalSignIn().ListLinksAsync(new ListLinksRequest())).Links);
        Assert.Equal((SignInFixture.Provider, "ann-there"), (link.Provider, link.Subject));
        Assert.True(link.UsedUnixMs > 0);

        Assert.Equal(1, (await UnlinkAsync(owner)).Ended);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () =>
            linked.UserAccounts().GetProfileAsync(new GetProfileRequest()).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.NotFound, () => UnlinkAsync(owner));
        Assert.NotEmpty((await owner.UserAccounts().GetProfileAsync(new GetProfileRequest())).Name);
    }

    [Fact]
    public async Task Link_OfWhomAnotherAccountIsLinkedWith_IsRefused()
    {
        using var ann = await _backend.ConnectAsync("bob", peer: 560);
        using var cid = await _backend.ConnectAsync("cid", peer: 561);
        await LinkAsync(ann, await fixture.AskAsync(ann, "bob-there", peer: 560));

        Assert.Contains("Another account", await CallAssert.FailsAsync(StatusCode.AlreadyExists, async () =>
            await LinkAsync(cid, await fixture.AskAsync(cid, "bob-there", peer: 561))));
        Assert.Contains("unlink that first", await CallAssert.FailsAsync(StatusCode.AlreadyExists, async () =>
            await LinkAsync(ann, await fixture.AskAsync(ann, "bob-elsewhere", peer: 560))));

        // A token that another client asked for, even of one's own account, links nothing.
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, async () =>
            await LinkAsync(cid, await fixture.AskAsync(cid, "cid-there", peer: 560)));
        Assert.Empty((await cid.ExternalSignIn().ListLinksAsync(new ListLinksRequest())).Links);
    }

    [Fact]
    public async Task Unlink_TheOnlyWayIn_IsRefused()
    {
        using var stranger = _backend.Connect();
        var request = await fixture.AskAsync(stranger, "only", peer: 570);
        request.Account = new AccountToMake { Country = "SE" };
        using var only = _backend.Connect((await SignInAsync(stranger, request)).Session);

        Assert.EndsWith("link another provider first, or ask the operator.", await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => UnlinkAsync(only)));

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
            await LinkAsync(radio, await fixture.AskAsync(radio, "dot-there", peer: 581)));
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => UnlinkAsync(radio));
    }

    internal static Task<LoginReply> SignInAsync(EndpointChannel channel, SignInRequest request) =>
        channel.ExternalSignIn().SignInAsync(request).ResponseAsync;

    private static Task<LinkReply> LinkAsync(EndpointChannel channel, SignInRequest asked) =>
        channel.ExternalSignIn().LinkAsync(new LinkRequest
        {
            Provider = asked.Provider, IdToken = asked.IdToken, Challenge = asked.Challenge,
        }).ResponseAsync;

    private static Task<UnlinkReply> UnlinkAsync(EndpointChannel channel) => channel.ExternalSignIn()
        .UnlinkAsync(new UnlinkRequest { Provider = SignInFixture.Provider }).ResponseAsync;
}
