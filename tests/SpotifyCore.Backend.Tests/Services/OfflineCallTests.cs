using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>Keeping music offline, over the wire: what an honest client gets, and what one that was changed does not.</summary>
public sealed class OfflineCallTests : IClassFixture<BackendFixture>, IAsyncLifetime
{
    private const int Seed = 700;

    private readonly BackendFixture _backend;

    public OfflineCallTests(BackendFixture backend)
    {
        _backend = backend;
        backend.Plans.Give("ann", Plan.Premium, ends: null);
        backend.Plans.Give("bob", Plan.Premium, ends: null);
    }

    private static string Track => TestTracks.TrackOf(Seed).ToString();

    private static string Other => TestTracks.TrackOf(Seed + 1).ToString();

    private DateTimeOffset Now => _backend.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        using var import = await _backend.ConnectAsync("import", peer: 599);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Kept"));
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed + 1, "Another"));
        foreach (var (name, peer) in new[] { ("ann", 598), ("bob", 597) })
        {
            using var channel = await _backend.ConnectAsync(name, peer);
            foreach (var device in (await ListAsync(channel)).Devices)
                await EndAsync(channel, device.Client);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task OpenKeptTrack_OfAPremiumDesktop_GivesTheKeyForThirtyDays()
    {
        using var desktop = await _backend.ConnectAsync("ann", peer: 500);
        var played = await desktop.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = Track });

        var right = await KeepAsync(desktop, Track);
        var kept = await OpenAsync(desktop, Track);

        var until = (Now + TimeSpan.FromDays(30)).ToUnixTimeMilliseconds();
        Assert.Equal(new OfflineRight
        {
            UntilUnixMs = until, NowUnixMs = Now.ToUnixTimeMilliseconds(), Tracks = 1, MaxTracks = 3_333,
        }, right);
        Assert.Equal((played.File, played.ContentKey, until), (kept.File, kept.ContentKey, kept.KeyUntilUnixMs));
        Assert.NotEmpty(kept.Nodes);

        _backend.Time.Advance(TimeSpan.FromDays(3));
        var renewed = await RenewAsync(desktop);
        Assert.Equal(until + TimeSpan.FromDays(3).TotalMilliseconds, renewed.Right.UntilUnixMs);
        Assert.Equal([Track], renewed.Tracks);
    }

    [Theory]
    [InlineData(Plan.Free)]
    [InlineData(Plan.Unlimited)]
    public async Task EachCall_BelowPremium_IsRefused(Plan plan)
    {
        using var desktop = await _backend.ConnectAsync("ann", peer: 510);
        await KeepAsync(desktop, Track);
        _backend.Plans.End("ann");
        if (plan != Plan.Free)
            _backend.Plans.Give("ann", plan, ends: null);

        await AssertRefusedAsync(desktop, $"The {plan} plan keeps nothing offline: Premium does.");
        Assert.Equal(1, Assert.Single((await ListAsync(desktop)).Devices).Tracks);
        Assert.Equal(0, (await GiveUpAsync(desktop, Track)).Tracks);
        Assert.Empty((await ListAsync(desktop)).Devices);
    }

    [Fact]
    public async Task EachCall_OfAPhone_IsRefusedOnAnyPlan()
    {
        using var desktop = await _backend.ConnectAsync("ann", peer: 520);
        await KeepAsync(desktop, Track);
        using var phone = await _backend.ConnectAsync("ann", peer: 521, DeviceKind.Phone);

        await AssertRefusedAsync(phone, "Music is kept offline on desktops alone.");

        // The same key, and now it says that it is a phone.
        using var changed = await _backend.ConnectAsync("ann", peer: 520, DeviceKind.Phone);
        await AssertRefusedAsync(changed, "Music is kept offline on desktops alone.");
    }

    [Fact]
    public async Task KeepTracks_OnAFourthDevice_IsRefusedWithTheNamesOfTheThree()
    {
        for (var device = 0; device < OfflineStore.MaxDevices; device++)
        {
            using var channel = await _backend.ConnectAsync("ann", peer: 530 + device);
            await KeepAsync(channel, Track);
        }

        using var fourth = await _backend.ConnectAsync("ann", peer: 533);
        var reason = await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => KeepAsync(fourth, Track));
        Assert.Contains($"client {BackendFixture.Identity(531).Id}", reason, StringComparison.Ordinal);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => OpenAsync(fourth, Track));
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => RenewAsync(fourth));

        await EndAsync(fourth, BackendFixture.Peer(531));
        await KeepAsync(fourth, Track);
        using var ended = await _backend.ConnectAsync("ann", peer: 531);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => OpenAsync(ended, Track));
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => RenewAsync(ended));
        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => KeepAsync(ended, Track));
    }

    [Fact]
    public async Task EachCall_OfAnotherAccount_SeesAndChangesNothing()
    {
        using var ann = await _backend.ConnectAsync("ann", peer: 540);
        using var bob = await _backend.ConnectAsync("bob", peer: 541);
        await KeepAsync(ann, Track);
        await KeepAsync(bob, Other);

        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => OpenAsync(bob, Track));
        await CallAssert.FailsAsync(StatusCode.NotFound, () => EndAsync(bob, BackendFixture.Peer(540)));
        Assert.Equal(1, (await GiveUpAsync(bob, Track)).Tracks);
        Assert.Equal([Other], (await RenewAsync(bob)).Tracks);
        Assert.Equal(BackendFixture.Peer(541), Assert.Single((await ListAsync(bob)).Devices).Client);

        // The same device with another account has nothing of the first's.
        using var shared = await _backend.ConnectAsync("bob", peer: 540);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => OpenAsync(shared, Track));
        Assert.NotEmpty((await OpenAsync(ann, Track)).ContentKey);
    }

    [Fact]
    public async Task KeepTracks_OfMoreThanADeviceMay_IsRefusedWhole()
    {
        using var import = await _backend.ConnectAsync("import", peer: 559);
        using var desktop = await _backend.ConnectAsync("ann", peer: 550);
        string[] none = [.. Enumerable.Range(0, 1_001).Select(static seed => TestTracks.TrackOf(100_000 + seed).ToString())];

        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => KeepAsync(desktop, none));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => KeepAsync(desktop));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => KeepAsync(desktop, "nothing"));
        await CallAssert.FailsAsync(StatusCode.NotFound, () => KeepAsync(desktop, Track, none[0]));
        Assert.Empty((await ListAsync(desktop)).Devices);

        await KeepAsync(desktop, Track, Track);
        Assert.Equal(1, Assert.Single((await ListAsync(desktop)).Devices).Tracks);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => OpenAsync(desktop, Other));
    }

    [Fact]
    public async Task OpenKeptTrack_AfterThePlanLapsed_GivesNoKey()
    {
        var lapse = Now.AddDays(2);
        _backend.Plans.End("ann");
        _backend.Plans.Give("ann", Plan.Premium, lapse);
        using var desktop = await _backend.ConnectAsync("ann", peer: 560);

        var right = await KeepAsync(desktop, Track);
        Assert.Equal(lapse.ToUnixTimeMilliseconds(), right.UntilUnixMs);
        Assert.Equal(right.UntilUnixMs, (await OpenAsync(desktop, Track)).KeyUntilUnixMs);

        _backend.Time.Advance(TimeSpan.FromDays(2));
        await AssertRefusedAsync(desktop, "The Free plan keeps nothing offline: Premium does.");
        _backend.Plans.Give("ann", Plan.Premium, ends: null);
        Assert.Equal([Track], (await RenewAsync(desktop)).Tracks);
    }

    [Fact]
    public async Task EachCall_OfAStrangerAnAppPasswordOrAnImport_IsRefused()
    {
        using var stranger = _backend.Connect();
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => KeepAsync(stranger, Track));
        using var import = await _backend.ConnectAsync("import", peer: 570);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => KeepAsync(import, Track));

        using var own = await _backend.ConnectAsync("ann", peer: 571);
        await KeepAsync(own, Track);
        var password = (await own.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" })).Password;
        using var app = _backend.Connect();
        app.Session = (await BackendFixture.LoginAsync(app, "ann", password, peer: 572)).Session;
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => KeepAsync(app, Track));
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(app, Track));
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => EndAsync(app, BackendFixture.Peer(571)));
        await own.UserAccounts().RemoveAppPasswordAsync(new RemoveAppPasswordRequest { Name = "radio" });
    }

    private static async Task AssertRefusedAsync(EndpointChannel channel, string reason)
    {
        Assert.Equal(reason, await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => KeepAsync(channel, Other)));
        Assert.Equal(reason, await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(channel, Track)));
        Assert.Equal(reason, await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => RenewAsync(channel)));
    }

    private static Task<OfflineRight> KeepAsync(EndpointChannel channel, params string[] tracks)
    {
        var request = new KeepTracksRequest();
        request.Tracks.AddRange(tracks);
        return channel.OfflineMusic().KeepTracksAsync(request).ResponseAsync;
    }

    private static Task<GiveUpTracksReply> GiveUpAsync(EndpointChannel channel, string track) =>
        channel.OfflineMusic().GiveUpTracksAsync(new GiveUpTracksRequest { Tracks = { track } }).ResponseAsync;

    private static Task<OpenedTrack> OpenAsync(EndpointChannel channel, string track) =>
        channel.OfflineMusic().OpenKeptTrackAsync(new OpenKeptTrackRequest { Track = track }).ResponseAsync;

    private static Task<OfflineRenewal> RenewAsync(EndpointChannel channel) =>
        channel.OfflineMusic().RenewOfflineAsync(new RenewOfflineRequest()).ResponseAsync;

    private static Task<OfflineDeviceList> ListAsync(EndpointChannel channel) =>
        channel.OfflineMusic().ListOfflineDevicesAsync(new ListOfflineDevicesRequest()).ResponseAsync;

    private static Task<GiveUpOfflineDeviceReply> EndAsync(EndpointChannel channel, ByteString client) => channel.OfflineMusic()
        .GiveUpOfflineDeviceAsync(new GiveUpOfflineDeviceRequest { Client = client }).ResponseAsync;
}
