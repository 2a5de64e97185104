using SpotifyCore.Backend.Streams;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>For how long a device has its account's stream.</summary>
public sealed class StreamHoldTests : IAsyncLifetime
{
    private const int Seed = 960;

    private readonly BackendFixture _backend = new();

    public async Task InitializeAsync()
    {
        await _backend.InitializeAsync();
        using var import = await _backend.ConnectAsync("import", peer: 99);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Held"));
    }

    public Task DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Play_ForHours_IsHeldByWhoIsOnline()
    {
        using var kitchen = await _backend.ConnectAsync("ann", peer: 2);
        await using var desk = await OnlineClient.GoAsync(_backend, "ann", 1);
        await OpenAsync(desk.Channel, OpenReason.Wanted);
        await desk.PlayAsync(isResumed: true);
        await ReadTicketAsync(desk);

        var began = _backend.Time.GetUtcNow();
        while (_backend.Time.GetUtcNow() - began < TimeSpan.FromMilliseconds(3 * StreamRules.PlayingFor))
        {
            var renewed = ReadTicketAsync(desk);
            _backend.Time.Advance(TimeSpan.FromMinutes(44));
            await _backend.Time.AdvanceUntilAsync(renewed);
        }

        await CallAssert.FailsAsync(PlaysElsewhere.Code, () => OpenAsync(kitchen, OpenReason.GoesOn));
        await desk.ReadToEndAsync();
        await OpenAsync(kitchen, OpenReason.GoesOn);
    }

    /// <summary>A track that its account may not choose pauses nothing.</summary>
    [Fact]
    public async Task OpenTrack_OfWhatIsRefused_TakesNothing()
    {
        await using var desk = await OnlineClient.GoAsync(_backend, "ann", 1);
        using var kitchen = await _backend.ConnectAsync("ann", peer: 2);
        await desk.PlayAsync();
        var unknown = TestTracks.TrackOf(Seed + 1).ToString();
        await CallAssert.FailsAsync(
            Grpc.Core.StatusCode.NotFound, () => kitchen.AccessPoint()
                .OpenTrackAsync(new OpenTrackRequest { Track = unknown, Reason = OpenReason.Wanted }).ResponseAsync);

        Assert.DoesNotContain(
            await desk.ReadToEndAsync(), static notice => notice.NoticeCase == ServerNotice.NoticeOneofCase.Taken);
    }

    private static async Task ReadTicketAsync(OnlineClient client)
    {
        while ((await client.Call.NextAsync())!.Ticket is null)
            continue;
    }

    private static Task<OpenedTrack> OpenAsync(EndpointChannel channel, OpenReason reason) => channel.AccessPoint()
        .OpenTrackAsync(new OpenTrackRequest { Track = TestTracks.TrackOf(Seed).ToString(), Reason = reason })
        .ResponseAsync;
}
