using Grpc.Core;
using SpotifyCore.Backend.Streams;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>An account plays on one device at a time, though its devices are at two access points.</summary>
public sealed class SharedStreamTests : IAsyncLifetime
{
    private const int Seed = 950;

    private readonly PostgresServer _server = new();
    private readonly BackendFixture _first;
    private readonly BackendFixture _second;

    public SharedStreamTests()
    {
        _first = new BackendFixture(_server.MakeDatabase());
        _second = new BackendFixture(_first);
    }

    public async Task InitializeAsync()
    {
        await _first.InitializeAsync();
        await _second.InitializeAsync();
        using var import = await _first.ConnectAsync("import", peer: 99);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Shared"));
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Play_AtAnotherAccessPoint_IsToldTheFirst()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1, device: "desk");
        await using var kitchen = await OnlineClient.GoAsync(_second, "ann", 2, device: "kitchen");
        await desk.PlayAsync();
        await desk.HasBeenHeardAsync(_first);

        await kitchen.PlayAsync();
        Assert.Equal("kitchen", (await desk.ReadTakenAsync()).Device);
        await desk.PlayAsync(false);
        await desk.PlayAsync();
        Assert.Equal("desk", (await kitchen.ReadTakenAsync()).Device);

        await kitchen.PlayAsync(false);
        await kitchen.PlayAsync(isResumed: true);
        Assert.Equal("desk", (await kitchen.ReadTakenAsync()).Device);
    }

    [Fact]
    public async Task OpenTrack_WhereNobodyAskedForIt_IsRefusedWhileTheAccountPlaysElsewhere()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1, device: "desk");
        await using var silent = await OnlineClient.GoAsync(_second, "ann", 2, device: "silent");
        Assert.True((await OpenAsync(desk, OpenReason.Wanted)).StreamTaken);
        await desk.PlayAsync(isResumed: true);
        await desk.HasBeenHeardAsync(_first);

        // One that keeps silent, or does not pause, has no more keys.
        foreach (var reason in new[] { OpenReason.GoesOn, OpenReason.Paused })
        {
            var early = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(silent, reason));
            Assert.Equal((PlaysElsewhere.Code, "desk"), (early.StatusCode, PlaysElsewhere.DeviceOf(early)));
            Assert.Equal("The account plays on desk: choose what to play here, and it plays here.", early.Status.Detail);
        }

        Assert.NotEmpty((await OpenAsync(desk, OpenReason.GoesOn)).ContentKey);

        // Until a listener wants it there.
        Assert.NotEmpty((await OpenAsync(silent, OpenReason.Wanted)).ContentKey);
        Assert.Equal("silent", (await desk.ReadTakenAsync()).Device);
        var late = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(desk, OpenReason.GoesOn));
        Assert.Equal("silent", PlaysElsewhere.DeviceOf(late));
        Assert.NotEmpty((await OpenAsync(silent, OpenReason.GoesOn)).ContentKey);
    }

    /// <summary>The first sound of a click comes after another click, on another device.</summary>
    [Fact]
    public async Task Play_OfAClickThatWasOvertaken_IsTheOneThatIsTold()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1, device: "desk");
        await using var kitchen = await OnlineClient.GoAsync(_second, "ann", 2, device: "kitchen");
        await OpenAsync(desk, OpenReason.Wanted);
        await OpenAsync(kitchen, OpenReason.Wanted);

        await desk.PlayAsync(isResumed: true);

        Assert.Equal("kitchen", (await desk.ReadTakenAsync()).Device);
        await kitchen.PlayAsync(isResumed: true);
        Assert.DoesNotContain(await kitchen.ReadToEndAsync(), IsTaken);
    }

    [Fact]
    public async Task OpenTrack_OfADeviceThatIsPaused_KeepsNobodyOff()
    {
        await using var restored = await OnlineClient.GoAsync(_first, "ann", 1);
        await using var other = await OnlineClient.GoAsync(_second, "ann", 2);
        Assert.False((await OpenAsync(restored, OpenReason.Paused)).StreamTaken);

        await OpenAsync(other, OpenReason.GoesOn);
        await other.PlayAsync(isResumed: true);
        await other.HasBeenHeardAsync(_second);
        await CallAssert.FailsAsync(PlaysElsewhere.Code, () => OpenAsync(restored, OpenReason.Paused));
        Assert.DoesNotContain(await other.ReadToEndAsync(), IsTaken);

        // It has left.
        await OpenAsync(restored, OpenReason.GoesOn);
    }

    [Fact]
    public async Task OpenTrack_OfTwoThatKeepSilent_IsForOneOfThem()
    {
        await using var one = await OnlineClient.GoAsync(_first, "ann", 1);
        await using var two = await OnlineClient.GoAsync(_second, "ann", 2);
        await OpenAsync(one, OpenReason.GoesOn);
        await CallAssert.FailsAsync(PlaysElsewhere.Code, () => OpenAsync(two, OpenReason.GoesOn));

        // What was opened and never sounded holds nobody off for long.
        _first.Time.Advance(TimeSpan.FromMilliseconds(StreamRules.OpenedFor));
        await OpenAsync(two, OpenReason.GoesOn);
        await CallAssert.FailsAsync(PlaysElsewhere.Code, () => OpenAsync(one, OpenReason.GoesOn));

        // Another account's devices are none of its.
        await using var other = await OnlineClient.GoAsync(_second, "bob", 3);
        await OpenAsync(other, OpenReason.GoesOn);
    }

    [Fact]
    public async Task OpenTrack_OfOneThatTakesOverAgainAndAgain_IsToWait()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1, device: "desk");
        await using var loop = await OnlineClient.GoAsync(_second, "ann", 2);
        for (var i = 0; i < StreamRules.Takings; i++)
        {
            await OpenAsync(desk, OpenReason.Wanted);
            await OpenAsync(loop, OpenReason.Wanted);
        }

        await OpenAsync(desk, OpenReason.Wanted);
        var refused = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(loop, OpenReason.Wanted));
        Assert.Equal(
            "This device took over from desk too often: wait a minute, and choose again.", refused.Status.Detail);
        await loop.PlayAsync();
        Assert.Equal("desk", (await loop.ReadTakenAsync()).Device);

        _first.Time.Advance(TimeSpan.FromMilliseconds(StreamRules.TakingEach));
        await OpenAsync(loop, OpenReason.Wanted);
    }

    [Fact]
    public async Task Leave_OfAClientThatCameAnewElsewhere_LeavesThePlayingToThat()
    {
        await using var before = await OnlineClient.GoAsync(_first, "ann", 1);
        await before.PlayAsync();
        await before.HasBeenHeardAsync(_first);
        await using var anew = await OnlineClient.ResumeAsync(_second, before.Session);
        await anew.PlayAsync(isResumed: true);
        await anew.HasBeenHeardAsync(_second);

        Assert.DoesNotContain(await before.ReadToEndAsync(), IsTaken);

        await using var other = await OnlineClient.GoAsync(_first, "ann", 2);
        await CallAssert.FailsAsync(PlaysElsewhere.Code, () => OpenAsync(other, OpenReason.GoesOn));
        await other.PlayAsync(isResumed: true);
        await other.ReadTakenAsync();

        await anew.ReadToEndAsync();
        await OpenAsync(other, OpenReason.GoesOn);
    }

    [Fact]
    public async Task Play_OfASessionThatHasEnded_HoldsNothing()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1);
        await desk.PlayAsync();
        await desk.HasBeenHeardAsync(_first);
        await using var kitchen = await OnlineClient.GoAsync(_second, "ann", 2);

        await kitchen.Channel.UserAccounts().EndSessionsAsync(new EndSessionsRequest());

        await OpenAsync(kitchen, OpenReason.GoesOn);
    }

    /// <summary>What nobody could hear of is looked at once the line is back, though the other is paused by then.</summary>
    [Fact]
    public async Task Play_WhileTheLineIsCut_IsToldOnceItIsBack()
    {
        await using var desk = await OnlineClient.GoAsync(_first, "ann", 1, device: "desk");
        await using var kitchen = await OnlineClient.GoAsync(_second, "ann", 2, device: "kitchen");
        await desk.PlayAsync();
        await desk.HasBeenHeardAsync(_first);

        _server.Execute(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        await Eventually.TrueAsync(() => _server.Execute(
            "postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'").Trim() == "0");
        await kitchen.PlayAsync();
        await kitchen.PlayAsync(false);
        await kitchen.HasBeenHeardAsync(_second);

        var told = desk.ReadTakenAsync();
        Assert.False(told.IsCompleted);
        await _first.Time.AdvanceUntilAsync(told);
        Assert.Equal("kitchen", (await told).Device);
    }

    private static bool IsTaken(ServerNotice notice) => notice.NoticeCase == ServerNotice.NoticeOneofCase.Taken;

    private static Task<OpenedTrack> OpenAsync(OnlineClient client, OpenReason reason) => client.Channel.AccessPoint()
        .OpenTrackAsync(new OpenTrackRequest { Track = TestTracks.TrackOf(Seed).ToString(), Reason = reason })
        .ResponseAsync;
}
