using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class GateTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    private static readonly Dictionary<string, Func<EndpointChannel, Task>> AnySession = new(StringComparer.Ordinal)
    {
        ["LogOut"] = channel => channel.AccessPoint().LogOutAsync(new LogOutRequest()).ResponseAsync,
        ["RefreshTicket"] = channel => channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest()).ResponseAsync,
        ["Search"] = channel => channel.AccessPoint().SearchAsync(new SearchRequest { Query = "x" }).ResponseAsync,
        ["ListNames"] = channel => channel.AccessPoint().ListNamesAsync(new ListNamesRequest()).ResponseAsync,
        ["GetTrack"] = channel => channel.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = "x" }).ResponseAsync,
        ["GetAlbum"] = channel => channel.AccessPoint().GetAlbumAsync(new GetAlbumRequest { Album = "x" }).ResponseAsync,
        ["GetCover"] = async channel =>
        {
            using var cover = channel.AccessPoint().GetCover(new GetCoverRequest { Cover = "x" });
            await foreach (var _ in cover.ResponseStream.ReadAllAsync())
                continue;
        },
    };

    private static readonly Dictionary<string, Func<EndpointChannel, Task>> OwnAccount = new(StringComparer.Ordinal)
    {
        ["GetProfile"] = channel => channel.UserAccounts().GetProfileAsync(new GetProfileRequest()).ResponseAsync,
        ["SetProfile"] = channel => channel.UserAccounts().SetProfileAsync(new SetProfileRequest()).ResponseAsync,
        ["ListSessions"] = channel => channel.UserAccounts().ListSessionsAsync(new ListSessionsRequest()).ResponseAsync,
        ["EndSessions"] = channel => channel.UserAccounts().EndSessionsAsync(new EndSessionsRequest()).ResponseAsync,
        ["Invite"] = channel => channel.UserAccounts().InviteAsync(new InviteRequest()).ResponseAsync,
        ["ListInvitations"] = channel =>
            channel.UserAccounts().ListInvitationsAsync(new ListInvitationsRequest()).ResponseAsync,
        ["SendVerification"] = channel =>
            channel.UserAccounts().SendVerificationAsync(new SendVerificationRequest()).ResponseAsync,
        ["AddAppPassword"] = channel =>
            channel.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "x" }).ResponseAsync,
        ["ListAppPasswords"] = channel =>
            channel.UserAccounts().ListAppPasswordsAsync(new ListAppPasswordsRequest()).ResponseAsync,
        ["RemoveAppPassword"] = channel =>
            channel.UserAccounts().RemoveAppPasswordAsync(new RemoveAppPasswordRequest { Name = "x" }).ResponseAsync,
        ["ListLinks"] = channel => channel.ExternalSignIn().ListLinksAsync(new ListLinksRequest()).ResponseAsync,
        ["Link"] = channel => channel.ExternalSignIn().LinkAsync(new LinkRequest()).ResponseAsync,
        ["Unlink"] = channel => channel.ExternalSignIn().UnlinkAsync(new UnlinkRequest()).ResponseAsync,
        ["ChangePassword"] = channel =>
            channel.Credentials().ChangePasswordAsync(new ChangePasswordRequest()).ResponseAsync,
        ["ChangeEmail"] = channel => channel.Credentials().ChangeEmailAsync(new ChangeEmailRequest()).ResponseAsync,
    };

    private static readonly Dictionary<string, Func<EndpointChannel, Task>> Listening = new(StringComparer.Ordinal)
    {
        ["OpenTrack"] = channel =>
            channel.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = "x" }).ResponseAsync,
        ["FindPeers"] = channel => channel.AccessPoint().FindPeersAsync(new FindPeersRequest()).ResponseAsync,
        ["Session"] = async channel =>
        {
            using var session = channel.AccessPoint().Session();
            await session.NextAsync();
        },
        ["KeepPlayback"] = channel => channel.Handover().KeepPlaybackAsync(new KeepPlaybackRequest()).ResponseAsync,
        ["GetPlayback"] = channel => channel.Handover().GetPlaybackAsync(new GetPlaybackRequest()).ResponseAsync,
    };

    private static readonly Dictionary<string, Func<EndpointChannel, Task>> Keeping = new(StringComparer.Ordinal)
    {
        ["KeepTracks"] = channel => channel.OfflineMusic().KeepTracksAsync(new KeepTracksRequest()).ResponseAsync,
        ["GiveUpTracks"] = channel => channel.OfflineMusic().GiveUpTracksAsync(new GiveUpTracksRequest()).ResponseAsync,
        ["OpenKeptTrack"] = channel => channel.OfflineMusic().OpenKeptTrackAsync(new OpenKeptTrackRequest()).ResponseAsync,
        ["RenewOffline"] = channel => channel.OfflineMusic().RenewOfflineAsync(new RenewOfflineRequest()).ResponseAsync,
        ["ListOfflineDevices"] = channel => channel.OfflineMusic().ListOfflineDevicesAsync(new ListOfflineDevicesRequest()).ResponseAsync,
        ["GiveUpOfflineDevice"] = channel => channel.OfflineMusic().GiveUpOfflineDeviceAsync(new GiveUpOfflineDeviceRequest()).ResponseAsync,
    };

    private static readonly Dictionary<string, Func<EndpointChannel, Task>> Importing = new(StringComparer.Ordinal)
    {
        ["GetMasters"] = channel => channel.Librarian().GetMastersAsync(new GetMastersRequest()).ResponseAsync,
        ["FindSource"] = channel => channel.Librarian().FindSourceAsync(new FindSourceRequest()).ResponseAsync,
        ["DeriveKey"] = channel => channel.Librarian().DeriveKeyAsync(new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(SHA256.HashData([])) }).ResponseAsync,
        ["ListFiles"] = channel => channel.Librarian().ListFilesAsync(new ListFilesRequest()).ResponseAsync,
        ["ListSources"] = channel => channel.Librarian().ListSourcesAsync(new ListSourcesRequest()).ResponseAsync,
        ["RemoveSources"] = channel => channel.Librarian().RemoveSourcesAsync(new RemoveSourcesRequest()).ResponseAsync,
        ["FindEntries"] = channel => channel.Librarian().FindEntriesAsync(new FindEntriesRequest()).ResponseAsync,
        ["ListReleases"] = channel => channel.Librarian().ListReleasesAsync(new ListReleasesRequest()).ResponseAsync,
        ["GetEntry"] = channel => channel.Librarian().GetEntryAsync(new GetEntryRequest()).ResponseAsync,
        ["EditEntry"] = channel => channel.Librarian().EditEntryAsync(new EditEntryRequest()).ResponseAsync,
        ["MergeEntries"] = channel => channel.Librarian().MergeEntriesAsync(new MergeEntriesRequest()).ResponseAsync,
        ["SplitRelease"] = channel => channel.Librarian().SplitReleaseAsync(new SplitReleaseRequest()).ResponseAsync,
        ["RemoveEntry"] = channel => channel.Librarian().RemoveEntryAsync(new RemoveEntryRequest()).ResponseAsync,
        ["UndoMend"] = channel => channel.Librarian().UndoMendAsync(new UndoMendRequest()).ResponseAsync,
        ["ListMends"] = channel => channel.Librarian().ListMendsAsync(new ListMendsRequest()).ResponseAsync,
        ["AddTrack"] = channel => channel.Librarian().AddTrackAsync(new AddTrackRequest()).ResponseAsync,
    };

    [Fact]
    public void Calls_AreAllCoveredHere()
    {
        string[] open =
        [
            "GetLoginChallenge", "Login", "GetTicketKeys", "ListDiscards", "MayDiscard", "Register", "VerifyEmail",
            "AskPasswordReset", "ResetPassword", "ListProviders", "BeginSignIn", "SignIn",
        ];
        var tested = AnySession.Keys.Concat(OwnAccount.Keys).Concat(Listening.Keys).Concat(Keeping.Keys)
            .Concat(Importing.Keys).Concat(open);
        var contract = RawCalls.OfAccessPoint.Select(method => method.Name);

        Assert.Equal(contract.Order(), tested.Order());
    }

    [Fact]
    public async Task Call_WithoutOrWithAWrongSession_IsUnauthenticated()
    {
        string?[] sessions = [null, "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"];
        foreach (var session in sessions)
        {
            using var channel = backend.Connect(session);
            foreach (var call in AnySession.Values.Concat(OwnAccount.Values).Concat(Listening.Values).Concat(Keeping.Values)
                .Concat(Importing.Values))
                await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => call(channel));
        }
    }

    [Fact]
    public async Task Call_WithAnotherScheme_IsUnauthenticated()
    {
        var login = await backend.LoginAsync("ann", 1);
        using var channel = backend.Connect();
        var basic = new Metadata { { "authorization", $"Basic {login.Session}" } };

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () =>
            channel.AccessPoint().SearchAsync(new SearchRequest { Query = "x" }, basic).ResponseAsync);
    }

    [Fact]
    public async Task Call_WithAnAppPassword_MayStreamAlone()
    {
        using var owner = await backend.ConnectAsync("both", peer: 80);
        var made = await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "gate" });
        using var app = backend.Connect();
        app.Session = (await BackendFixture.LoginAsync(app, "both", made.Password, peer: 81)).Session;

        foreach (var call in OwnAccount.Values.Concat(Keeping.Values).Concat(Importing.Values))
        {
            Assert.Contains(
                "app password", await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => call(app)),
                StringComparison.Ordinal);
        }

        // What these ask for is not there, which is for another to say than the gate; to leave comes last.
        foreach (var (name, call) in Listening.Concat(AnySession).OrderBy(static call => call.Key == "LogOut"))
        {
            if (name != "Session")
                Assert.NotEqual(StatusCode.PermissionDenied, await OutcomeAsync(() => call(app)));
        }

        Assert.Equal(StatusCode.Unauthenticated, await OutcomeAsync(() => AnySession["RefreshTicket"](app)));
    }

    private static async Task<StatusCode> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    [Fact]
    public async Task Call_WithTheWrongRole_IsDenied()
    {
        using var listener = await backend.ConnectAsync("ann");
        using var import = await backend.ConnectAsync("import");

        foreach (var call in Importing.Values)
            await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => call(listener));
        foreach (var call in Listening.Values.Concat(Keeping.Values))
            await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => call(import));
    }
}
