using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What a listener does with his account, over the wire.</summary>
public sealed class UserAccountCallTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Register_ByWhetherItIsOpenInThatCountry_GivesAnAccountToLogInTo()
    {
        using var stranger = backend.Connect();
        var request = Wanted("erin", country: "FI");
        Assert.Equal(
            "Registration is closed in FI.",
            await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => RegisterAsync(stranger, request)));

        backend.Registration.Set("FI", RegistrationMode.Open);

        Assert.Equal("erin", (await RegisterAsync(stranger, request)).Name);
        Assert.Equal(["listener"], (await backend.LoginAsync("erin", peer: 300)).Roles);
        Assert.Equal(
            "The name 'erin' is taken.",
            await CallAssert.FailsAsync(StatusCode.AlreadyExists, () => RegisterAsync(stranger, request)));
        request.Country = "XX";
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => RegisterAsync(stranger, request));
        backend.Registration.Clear("FI");
    }

    [Fact]
    public async Task Register_WithWhatTheGiverWasTold_IsListedToTheGiver()
    {
        backend.Registration.Set("DK", RegistrationMode.Invitation);
        using var stranger = backend.Connect();
        using var giver = await backend.ConnectAsync("ann", peer: 310);
        using var other = await backend.ConnectAsync("bob", peer: 311);
        var request = Wanted("frank", country: "DK");
        Assert.Contains(
            "by invitation",
            await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => RegisterAsync(stranger, request)));

        var given = await giver.UserAccounts().InviteAsync(new InviteRequest());
        request.Invitation = given.Code;
        await RegisterAsync(stranger, request);

        var listed = Assert.Single(
            (await giver.UserAccounts().ListInvitationsAsync(new ListInvitationsRequest())).Invitations);
        Assert.Equal(("frank", given.Code[..4]), (listed.TakenBy, listed.Begins));
        Assert.Equal(given.ExpiresUnixMs, listed.ExpiresUnixMs);
        Assert.Empty((await other.UserAccounts().ListInvitationsAsync(new ListInvitationsRequest())).Invitations);
        Assert.Equal(2, (await giver.UserAccounts().GetProfileAsync(new GetProfileRequest())).Invitations);
        await giver.UserAccounts().InviteAsync(new InviteRequest());
        await giver.UserAccounts().InviteAsync(new InviteRequest());
        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => giver.UserAccounts().InviteAsync(new InviteRequest()).ResponseAsync);
    }

    [Fact]
    public async Task Register_OverAndOver_HasToWaitWhetherItSucceedsOrNotAndLogsInAllTheSame()
    {
        await using var busy = new DisposableFixture();
        await busy.Backend.InitializeAsync();
        busy.Backend.Registration.Set("", RegistrationMode.Open);
        using var stranger = busy.Backend.Connect();
        for (var i = 0; i < LoginThrottle.FreePerAddress / 2; i++)
        {
            await RegisterAsync(stranger, Wanted($"many{i}"));
            await CallAssert.FailsAsync(
                StatusCode.AlreadyExists, () => RegisterAsync(stranger, Wanted($"many{i}")));
        }

        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => RegisterAsync(stranger, Wanted("last")));
        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => RegisterAsync(stranger, Wanted("ann")));
        Assert.NotEmpty((await busy.Backend.LoginAsync("many0", peer: 320)).Session);

        busy.Backend.Time.Advance(LoginThrottle.Memory);
        Assert.Equal("last", (await RegisterAsync(stranger, Wanted("last"))).Name);
    }

    [Fact]
    public async Task Profile_OfTheCaller_IsShownAndChanged()
    {
        using var channel = await backend.ConnectAsync("cid", peer: 330);

        var changed = await channel.UserAccounts().SetProfileAsync(new SetProfileRequest { DisplayName = " Cid \u202e" });

        Assert.Equal(("cid", "Cid", "", "", 3), (
            changed.Name, changed.DisplayName, changed.Country, changed.Email, changed.Invitations));
        Assert.Equal(changed, await channel.UserAccounts().SetProfileAsync(new SetProfileRequest()));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => channel.UserAccounts()
            .SetProfileAsync(new SetProfileRequest { DisplayName = new string('x', 65) }).ResponseAsync);
        Assert.Equal(changed, await channel.UserAccounts().GetProfileAsync(new GetProfileRequest()));
        using var other = await backend.ConnectAsync("dot", peer: 331);
        Assert.Equal("", (await other.UserAccounts().GetProfileAsync(new GetProfileRequest())).DisplayName);
    }

    [Fact]
    public async Task Sessions_OfTheCaller_AreListedAndEndedWithTheirStreams()
    {
        using var own = await backend.ConnectAsync("dot", peer: 340);
        using var lost = await backend.ConnectAsync("dot", peer: 341);
        using var others = await backend.ConnectAsync("cid", peer: 342);
        using var online = await GoOnlineAsync(lost);
        using var staying = await GoOnlineAsync(others);

        var list = (await own.UserAccounts().ListSessionsAsync(new ListSessionsRequest())).Sessions;
        Assert.Equal(BackendFixture.Peer(340), Assert.Single(list, static session => session.Current).Client);
        var seen = Assert.Single(list, static session => session.Client == BackendFixture.Peer(341));
        Assert.Equal(
            ("127.0.0.1", backend.Time.GetUtcNow().ToUnixTimeMilliseconds()), (seen.Address, seen.SeenUnixMs));
        Assert.DoesNotContain(list, static session => session.Client == BackendFixture.Peer(342));

        var ended = await own.UserAccounts().EndSessionsAsync(new EndSessionsRequest { Client = seen.Client });

        Assert.Equal(1, ended.Ended);
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () =>
            lost.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest()).ResponseAsync);
        await own.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());

        // That of another account is not there, nor what is no client.
        await CallAssert.FailsAsync(StatusCode.NotFound, () => own.UserAccounts()
            .EndSessionsAsync(new EndSessionsRequest { Client = BackendFixture.Peer(342) }).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => own.UserAccounts()
            .EndSessionsAsync(new EndSessionsRequest { Client = ByteString.CopyFrom(1, 2, 3) }).ResponseAsync);
        await staying.RequestStream.WriteAsync(new ClientNotice { Port = new PortChanged { ListenPort = 2 } });
        await others.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());
    }

    [Fact]
    public async Task Sessions_OfDevicesOfEachKind_AreListedAsTheirLoginsSaid()
    {
        using var own = await backend.ConnectAsync("both", peer: 360);
        using var phone = await backend.ConnectAsync("both", peer: 361, DeviceKind.Phone);
        using var desktop = await backend.ConnectAsync("both", peer: 362, DeviceKind.Desktop);

        var list = (await own.UserAccounts().ListSessionsAsync(new ListSessionsRequest())).Sessions;

        Assert.Equal(
            [(360, DeviceKind.Desktop), (361, DeviceKind.Phone), (362, DeviceKind.Desktop)],
            new[] { 360, 361, 362 }.Select(peer =>
                (peer, list.Single(session => session.Client == BackendFixture.Peer(peer)).DeviceKind)));
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => backend.LoginAsync("both", peer: 363, (DeviceKind)7));
    }

    [Fact]
    public async Task EndSessions_OfNoClient_EndsAllButTheCallers()
    {
        using var own = await backend.ConnectAsync("guessed", peer: 350);
        using var lost = await backend.ConnectAsync("guessed", peer: 351);
        using var online = await GoOnlineAsync(lost);
        using var staying = await GoOnlineAsync(own);

        Assert.Equal(1, (await own.UserAccounts().EndSessionsAsync(new EndSessionsRequest())).Ended);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await staying.RequestStream.WriteAsync(new ClientNotice { Port = new PortChanged { ListenPort = 2 } });
        Assert.True(Assert.Single((await own.UserAccounts().ListSessionsAsync(new ListSessionsRequest())).Sessions).Current);
        Assert.Equal(0, (await own.UserAccounts().EndSessionsAsync(new EndSessionsRequest())).Ended);
    }

    private static RegisterRequest Wanted(string name, string country = "SE") =>
        new() { Name = name, Password = BackendFixture.Password, Country = country };

    private static async Task<RegisterReply> RegisterAsync(EndpointChannel channel, RegisterRequest request) =>
        await channel.UserAccounts().RegisterAsync(request);

    private sealed class DisposableFixture : IAsyncDisposable
    {
        public BackendFixture Backend { get; } = new();

        public async ValueTask DisposeAsync() => await Backend.DisposeAsync();
    }
}
