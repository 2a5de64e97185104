using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;
using Ticket = SpotifyCore.Protocol.Trust.Ticket;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What plans allow on which device, over the wire, to honest clients and to others.</summary>
public sealed class PlanCallTests : IClassFixture<BackendFixture>
{
    private const int Seed = 900;

    private readonly BackendFixture _backend;

    public PlanCallTests(BackendFixture backend)
    {
        _backend = backend;
        backend.Plans.End("ann");
        backend.Plans.End("bob");
    }

    private static string Track => TestTracks.TrackOf(Seed).ToString();

    private DateTimeOffset Now => _backend.Time.GetUtcNow();

    [Fact]
    public async Task OpenTrack_OnAPhone_IsPremiumAloneAndTellsOfNoPeers()
    {
        await ImportAsync();
        await using var desktop = await OnlineClient.GoAsync(_backend, "bob", peer: 400);
        using var holder = await _backend.ConnectAsync("bob", peer: 400);
        var file = (await OpenAsync(holder)).File;
        using var phone = await _backend.ConnectAsync("ann", peer: 401, DeviceKind.Phone);

        Assert.Equal(
            "The Free plan plays radio alone on phones: Premium plays what you choose there.",
            await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(phone)));
        _backend.Plans.Give("ann", Plan.Unlimited, ends: null);
        Assert.StartsWith(
            "The Unlimited plan plays radio alone",
            await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(phone)));
        _backend.Plans.Give("ann", Plan.Premium, ends: null);

        var opened = await OpenAsync(phone);
        Assert.Equal((file, 0), (opened.File, opened.Peers.Count));
        Assert.NotEmpty(opened.Nodes);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => FindPeersAsync(phone, file));
        _backend.Plans.End("ann");
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(phone));
    }

    [Fact]
    public async Task Session_OfAPhone_IsNoneOfTheSwarmWhateverItSays()
    {
        await ImportAsync();
        _backend.Plans.Give("ann", Plan.Premium, ends: null);
        await using var phone = await OnlineClient.GoAsync(_backend, "ann", peer: 410, kind: DeviceKind.Phone);
        await using var others = await OnlineClient.GoAsync(_backend, "ann", peer: 413);
        await others.PlayAsync();
        await using var desktop = await OnlineClient.GoAsync(_backend, "bob", peer: 411);
        await using var asking = await OnlineClient.GoAsync(_backend, "bob", peer: 412);
        using var asker = await _backend.ConnectAsync("bob", peer: 414);
        var file = (await OpenAsync(asker)).File;

        // Who holds it whole is told of before who plays it, unless three accounts say that he misbehaves.
        await desktop.HoldAsync(file);
        await desktop.HasBeenHeardAsync(_backend);
        await using var player = await OnlineClient.GoAsync(_backend, "bob", peer: 415);
        await OpenAsync(player.Channel);
        foreach (var (account, peer) in new[] { ("cid", 416), ("dot", 417) })
        {
            await using var reporter = await OnlineClient.GoAsync(_backend, account, peer);
            await reporter.ReportAsync(411);
            await reporter.SettleAsync();
        }

        await phone.HoldAsync(file);
        await phone.AskReverseAsync(411);
        await phone.ReportAsync(411);

        // That it plays is heard after all that it said before.
        await phone.PlayAsync();
        await others.ReadTakenAsync();
        await asking.AskReverseAsync(410);
        await asking.ReadToEndAsync();

        Assert.Equal(
            [BackendFixture.Peer(411), BackendFixture.Peer(415)],
            (await FindPeersAsync(asker, file)).Peers.Select(static peer => peer.Id));
        await using (var third = await OnlineClient.GoAsync(_backend, "crowd", peer: 418))
        {
            await third.ReportAsync(411);
            await third.SettleAsync();
        }

        Assert.Equal(
            [BackendFixture.Peer(415), BackendFixture.Peer(411)],
            (await FindPeersAsync(asker, file)).Peers.Select(static peer => peer.Id));
        Assert.All(await desktop.ReadToEndAsync(), static notice => Assert.Null(notice.Reverse));
        Assert.All(await phone.ReadToEndAsync(), static notice => Assert.Null(notice.Reverse));
    }

    [Fact]
    public async Task Session_OfADesktopWithoutAPlan_IsNoneOfTheSwarmUntilItHasOne()
    {
        var without = new BackendFixture { CountriesWithoutFree = ["FI"] };
        await without.InitializeAsync();
        using (var import = await without.ConnectAsync("import", peer: 499))
            await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Planned"));

        without.Accounts.SetCountry("ann", "FI");
        without.Plans.Give("ann", Plan.Unlimited, without.Time.GetUtcNow().AddMinutes(20));
        await using (var desktop = await OnlineClient.GoAsync(without, "ann", peer: 420))
        await using (var asking = await OnlineClient.GoAsync(without, "bob", peer: 421))
        {
            var file = (await OpenAsync(asking.Channel)).File;
            await desktop.HoldAsync(file);
            await desktop.HasBeenHeardAsync(without);
            Assert.Equal([BackendFixture.Peer(420)], (await FindPeersAsync(asking.Channel, file)).Peers.Select(static peer => peer.Id));

            // It lapses: the ticket that says so has come before it is asked again.
            while ((await desktop.Call.NextAsync())!.Ticket is null)
                continue;

            without.Time.Advance(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1));
            Assert.Equal(TicketScope.None, Read((await desktop.Call.NextAsync())!.Ticket).Scope);
            Assert.Empty((await FindPeersAsync(asking.Channel, file)).Peers);
            await asking.AskReverseAsync(420);
            await desktop.AskReverseAsync(421);
            Assert.All(await desktop.ReadToEndAsync(), static notice => Assert.Null(notice.Reverse));
            Assert.All(await asking.ReadToEndAsync(), static notice => Assert.Null(notice.Reverse));
        }

        await without.DisposeAsync();
    }

    [Theory]
    [InlineData(Plan.Free, DeviceKind.Desktop, TicketScope.Fetch | TicketScope.Peers)]
    [InlineData(Plan.Free, DeviceKind.Phone, TicketScope.None)]
    [InlineData(Plan.Unlimited, DeviceKind.Phone, TicketScope.None)]
    [InlineData(Plan.Premium, DeviceKind.Phone, TicketScope.Fetch)]
    [InlineData(Plan.Premium, DeviceKind.Desktop, TicketScope.Fetch | TicketScope.Peers)]
    public async Task Tickets_OfLoginAndRefresh_AllowWhatPlanAndDeviceDo(Plan plan, DeviceKind kind, TicketScope scope)
    {
        if (plan != Plan.Free)
            _backend.Plans.Give("ann", plan, ends: null);

        var login = await _backend.LoginAsync("ann", peer: 420, kind);
        using var channel = _backend.Connect(login.Session);
        var refreshed = await channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());

        Assert.Equal((scope, scope), (Read(login.Ticket).Scope, Read(refreshed).Scope));
    }

    [Fact]
    public async Task OpenTrack_BetterThanThePlanHas_IsTheBestThatItHas()
    {
        await ImportAsync();
        using var channel = await _backend.ConnectAsync("ann", peer: 430);
        var common = await OpenAsync(channel);

        var free = await OpenAsync(channel, 320_000);
        _backend.Plans.Give("ann", Plan.Premium, Now.AddDays(2));
        var premium = await OpenAsync(channel, 320_000);

        Assert.Equal((common.File, common.ContentKey, 0), (free.File, free.ContentKey, free.KeyUntilUnixMs));
        Assert.NotEqual(free.File, premium.File);
        Assert.Equal(Now.AddDays(2).ToUnixTimeMilliseconds(), premium.KeyUntilUnixMs);
        Assert.Equal(0, (await OpenAsync(channel)).KeyUntilUnixMs);

        _backend.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(free.File, (await OpenAsync(channel, 320_000)).File);
    }

    [Fact]
    public async Task OpenTrack_OfWhichThereIsNothingButABetterFile_IsRefusedWithWhatPlaysIt()
    {
        using var import = await _backend.ConnectAsync("import", peer: 440);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed + 1, "Loud", bits: 320_000));
        using var channel = await _backend.ConnectAsync("ann", peer: 441);
        var request = new OpenTrackRequest { Track = TestTracks.TrackOf(Seed + 1).ToString(), Reason = OpenReason.Wanted };

        Assert.Contains(
            "Premium plays it.",
            await CallAssert.FailsAsync(
                StatusCode.PermissionDenied, () => channel.AccessPoint().OpenTrackAsync(request).ResponseAsync));
        _backend.Plans.Give("ann", Plan.Premium, ends: null);
        Assert.NotEmpty((await channel.AccessPoint().OpenTrackAsync(request)).ContentKey);
    }

    [Fact]
    public async Task Session_WhosePlanLapses_HasATicketThatEndsWithItAndThenOneOfWhatIsLeft()
    {
        await ImportAsync();
        var lapse = Now.AddMinutes(20);
        _backend.Plans.Give("ann", Plan.Premium, lapse);
        await using var phone = await OnlineClient.GoAsync(_backend, "ann", peer: 450, kind: DeviceKind.Phone);
        using var channel = await _backend.ConnectAsync("ann", peer: 451, DeviceKind.Phone);
        await OpenAsync(channel);

        var first = Read((await phone.Call.NextAsync())!.Ticket);
        Assert.Equal(TicketScope.Fetch, first.Scope);
        Assert.InRange(first.Expires, lapse.AddSeconds(-1), lapse);

        _backend.Time.Advance(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1));
        Assert.Equal(TicketScope.None, Read((await phone.Call.NextAsync())!.Ticket).Scope);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(channel));
    }

    [Fact]
    public async Task OpenTrack_AfterAPlanWasPaidFor_HasTheClientGetATicketForIt()
    {
        await ImportAsync();
        var login = await _backend.LoginAsync("ann", peer: 460, DeviceKind.Phone);
        using var channel = _backend.Connect(login.Session);
        using var online = await OnlineCalls.GoOnlineAsync(channel);
        Assert.Equal(TicketScope.None, Read((await online.NextAsync())!.Ticket).Scope);

        _backend.Plans.Give("ann", Plan.Premium, ends: null);
        await OpenAsync(channel);

        Assert.Equal(TicketScope.Fetch, Read((await online.NextAsync())!.Ticket).Scope);
    }

    [Fact]
    public async Task OpenTrack_OnTwoDevicesOfOneAccount_IsWhatEachMay()
    {
        await ImportAsync();
        using var desktop = await _backend.ConnectAsync("ann", peer: 470, DeviceKind.Desktop);
        using var phone = await _backend.ConnectAsync("ann", peer: 471, DeviceKind.Phone);

        Assert.NotEmpty((await OpenAsync(desktop)).ContentKey);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(phone));

        // What plays there is another account's: nothing of its plan is this one's.
        _backend.Plans.Give("bob", Plan.Premium, ends: null);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => OpenAsync(phone));
    }

    [Fact]
    public async Task Profile_OfEachDevice_SaysWhatThePlanAllowsThere()
    {
        _backend.Plans.Give("ann", Plan.Premium, Now.AddDays(3));
        using var desktop = await _backend.ConnectAsync("ann", peer: 480);
        using var phone = await _backend.ConnectAsync("bob", peer: 481, DeviceKind.Phone);

        Assert.Equal(
            new PlanTerms
            {
                Plan = Plan.Premium, UntilUnixMs = Now.AddDays(3).ToUnixTimeMilliseconds(), OnDemand = true,
                MaxBitsPerSecond = 320_000, Peers = true, Offline = true,
            },
            (await desktop.UserAccounts().GetProfileAsync(new GetProfileRequest())).Terms);
        Assert.Equal(
            new PlanTerms { Adverts = true, MaxBitsPerSecond = 160_000 },
            (await phone.UserAccounts().GetProfileAsync(new GetProfileRequest())).Terms);
    }

    private static Ticket Read(Contracts.Ticket ticket)
    {
        Assert.True(Ticket.TryRead(ticket.Ticket_.Span, out var read));
        return read;
    }

    private static Task<OpenedTrack> OpenAsync(EndpointChannel channel, int bits = 0) => channel.AccessPoint()
        .OpenTrackAsync(new OpenTrackRequest { Track = Track, BitsPerSecond = bits, Reason = OpenReason.Wanted }).ResponseAsync;

    private static Task<PeerList> FindPeersAsync(EndpointChannel channel, ByteString file) =>
        channel.AccessPoint().FindPeersAsync(new FindPeersRequest { File = file }).ResponseAsync;

    private async Task ImportAsync()
    {
        using var import = await _backend.ConnectAsync("import", peer: 499);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Planned"));
    }
}
