using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Playing;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What an account plays, over the wire.</summary>
public sealed class HandoverCallTests(BackendFixture backend) : IClassFixture<BackendFixture>, IAsyncLifetime
{
    private const int Seed = 900;

    public async Task InitializeAsync()
    {
        using var import = await backend.ConnectAsync("import", peer: 699);
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed, "Handed over"));
        await import.Librarian().AddTrackAsync(TestTracks.Request(Seed + 1, "And this"));
        backend.Time.Advance(PlaybackStore.Pause);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task GetPlayback_OnAnotherDevice_IsWhatTheFirstSaidWithItsTracks()
    {
        using var desk = await backend.ConnectAsync("ann", peer: 600);
        using var kitchen = await backend.ConnectAsync("ann", peer: 601);
        var said = Playback(Seed + 1, 77, Seed, Seed + 1);
        (said.Current, said.PositionMs, said.Playing, said.Repeat) = (3, 61_000, true, PlaybackRepeat.All);
        said.StraightOrder.AddRange([2, 0, 1, 3]);

        await KeepAsync(desk, said);
        backend.Time.Advance(TimeSpan.FromSeconds(7));
        var kept = await GetAsync(kitchen);

        Assert.Equal((said, 7_000, BackendFixture.Peer(600)), (kept.Playback, kept.AgeMs, kept.Client));
        Assert.Equal(["And this", "Handed over"], kept.Tracks.Select(static track => track.Title));
    }

    [Fact]
    public async Task KeepPlayback_OfNothing_ForgetsWhatThisDevicePlayedAlone()
    {
        using var desk = await backend.ConnectAsync("bob", peer: 602);
        using var kitchen = await backend.ConnectAsync("bob", peer: 603);
        await CallAssert.FailsAsync(StatusCode.NotFound, () => GetAsync(kitchen));
        await KeepAsync(desk, Playback(Seed));

        await KeepAsync(kitchen, new AccountPlayback());
        Assert.NotNull(await GetAsync(kitchen));

        await KeepAsync(desk, new AccountPlayback());
        await CallAssert.FailsAsync(StatusCode.NotFound, () => GetAsync(desk));
    }

    [Fact]
    public async Task KeepPlayback_TwiceInASecond_IsToldToWait()
    {
        using var desk = await backend.ConnectAsync("cid", peer: 604);
        await KeepAsync(desk, Playback(Seed));

        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => KeepAsync(desk, Playback(Seed + 1)));
        backend.Time.Advance(PlaybackStore.Pause);
        await KeepAsync(desk, Playback(Seed + 1));
    }

    [Fact]
    public async Task KeepPlayback_OfWhatCantBe_IsRefusedAndNothingIsKept()
    {
        using var desk = await backend.ConnectAsync("dot", peer: 605);
        var uneven = Playback(Seed);
        uneven.Tracks = ByteString.CopyFrom(new byte[17]);
        AccountPlayback[] wrong =
        [
            uneven,
            new(Playback(Seed)) { Current = 1 },
            new(Playback(Seed)) { Current = -1 },
            new(Playback(Seed)) { PositionMs = -1 },
            new(Playback(Seed)) { PositionMs = long.MaxValue },
            new(Playback(Seed)) { Repeat = (PlaybackRepeat)9 },
            new(Playback(Seed)) { StraightOrder = { 1 } },
            new(Playback(Seed, Seed)) { StraightOrder = { 0, 0 } },
            Playback([.. Enumerable.Repeat(Seed, 3_001)]),
        ];

        foreach (var playback in wrong)
            await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => KeepAsync(desk, playback));

        await CallAssert.FailsAsync(StatusCode.NotFound, () => GetAsync(desk));
        await KeepAsync(desk, Playback([.. Enumerable.Repeat(Seed, 3_000)]));
        Assert.Single((await GetAsync(desk)).Tracks);
    }

    private static AccountPlayback Playback(params int[] seeds) => new()
    {
        Tracks = ByteString.CopyFrom([.. seeds.SelectMany(static seed => TestTracks.TrackOf(seed).Bits.ToArray())]),
    };

    private static Task KeepAsync(EndpointChannel channel, AccountPlayback playback) =>
        channel.Handover().KeepPlaybackAsync(new KeepPlaybackRequest { Playback = playback }).ResponseAsync;

    private static Task<KeptPlayback> GetAsync(EndpointChannel channel) =>
        channel.Handover().GetPlaybackAsync(new GetPlaybackRequest()).ResponseAsync;
}
