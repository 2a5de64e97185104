using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a listener hears, over a real network in this process.</summary>
[Collection(PlayingGroup.Name)]
public sealed class PlayTests(TestNetwork network)
{
    [Fact]
    public async Task Play_ToWavTwice_IsExactAndTheSecondTimeFromTheCache()
    {
        var tune = await network.Press.MakeAsync("Play twice", 40, seed: 1);
        var wav = network.Folder("twice.wav");
        await using (var first = await TestClient.StartAsync(network, "twice", $"wav:{wav}"))
        {
            var cold = await first.HearAsync(tune);
            Assert.Equal((true, true, tune.Manifest.Samples, 0), (cold.Cold, cold.Ended, cold.Samples, cold.Stutters));
            Assert.Equal(tune.Sealed.Length, cold.Bytes.Production + cold.Bytes.Master);
            Assert.True(cold.Bytes.Master > 0);

            var warm = await first.HearAsync(tune);
            Assert.False(warm.Cold);
            Assert.Equal(new BytesBySource(tune.Sealed.Length, 0, 0, 0), warm.Bytes);
        }

        Assert.Equal([.. tune.Heard, .. tune.Heard], WavFile.Read(wav));
    }

    [Fact]
    public async Task Play_HeldByAnotherListener_ComesFromThePeer()
    {
        var tune = await network.Press.MakeAsync("From a friend", 120, seed: 2);
        await using var first = await TestClient.StartAsync(network, "friend1");
        await first.HearAsync(tune);
        await network.WhenHeldAsync(tune, first);

        var wav = network.Folder("friend.wav");
        var patient = TestClient.Patient(TestClient.Options(network, "friend2", $"wav:{wav}"));
        await using (var second = await TestClient.StartAsync(patient))
        {
            var play = await second.HearAsync(tune);
            var most = play.Bytes.Peers >= tune.Sealed.Length * 8L / 10;
            Assert.True(most, $"{play.Bytes}\nfirst:\n{first}\nsecond:\n{second}");
        }

        Assert.Equal(tune.Heard, WavFile.Read(wav));
        var given = (await first.Client.GetStatisticsAsync()).UploadedBytes;
        Assert.InRange(given, tune.Sealed.Length * 8L / 10, tune.Sealed.Length * 2L);
    }

    [Fact]
    public async Task Play_QueueOfThree_IsGapless()
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync("One", 9.1, seed: 3),
            await network.Press.MakeAsync("Two", 0.013, seed: 4),
            await network.Press.MakeAsync("Three", 12.7, seed: 5),
        ];
        var wav = network.Folder("queue.wav");
        await using (var client = await TestClient.StartAsync(network, "queue", $"wav:{wav}"))
        {
            await client.HearAsync(tunes);
            var plays = (await client.Client.GetStatisticsAsync()).Plays;
            Assert.Equal(tunes.Select(tune => (tune.Id, true)), plays.Select(play => (play.Track, play.Ended)));
            Assert.Equal([true, false, false], plays.Select(play => play.Clicked));
            Assert.All(plays, play => Assert.True(play.Start >= TimeSpan.Zero));
        }

        Assert.Equal(tunes.SelectMany(tune => tune.Heard), WavFile.Read(wav));
    }

    [Fact]
    public async Task Play_WithCrossfade_TracksOverlapButNotThoseOfOneAlbum()
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync("Fades", 30, seed: 43),
            await network.Press.MakeAsync("Rises", 12, seed: 44, "Joined", 1),
            await network.Press.MakeAsync("Goes on", 6, seed: 45, "Joined", 2),
        ];
        var crossfade = TimeSpan.FromSeconds(3);
        var overlap = 0;

        // Without a pace the first may be over before the next is there, which then fades in over less.
        for (var attempt = 0; attempt < 10 && overlap < 2 * 3 * 48_000; attempt++)
        {
            var wav = network.Folder($"crossfade{attempt}.wav");
            await using (var client = await TestClient.StartAsync(network, "crossfade", $"wav:{wav}"))
            {
                await client.Client.SetCrossfadeAsync(crossfade);
                Assert.Equal(crossfade, (await client.Client.GetStatusAsync()).Crossfade);
                await client.HearAsync(tunes);
                var plays = (await client.Client.GetStatisticsAsync()).Plays;
                Assert.Equal(
                    tunes.Select(tune => (tune.Manifest.Samples, true)), plays.Select(play => (play.Samples, play.Ended)));
            }

            var heard = WavFile.Read(wav);
            overlap = tunes.Sum(tune => tune.Heard.Length) - heard.Length;
            Assert.InRange(overlap / 2, 0, 3 * 48_000);
            Assert.Equal(tunes[0].Heard[..^overlap], heard[..(tunes[0].Heard.Length - overlap)]);
            Assert.Equal([.. tunes[1].Heard[overlap..], .. tunes[2].Heard], heard[tunes[0].Heard.Length..]);
        }

        Assert.Equal(2 * 3 * 48_000, overlap);
    }

    [Fact]
    public async Task Enqueue_WhileOneEnds_FollowsWithoutLosingASample()
    {
        Tune[] tunes = [await network.Press.MakeAsync("Before", 6, seed: 6), await network.Press.MakeAsync("After", 6, seed: 7)];
        var wav = network.Folder("enqueue.wav");
        await using (var client = await TestClient.StartAsync(network, "enqueue", $"wav:{wav}"))
        {
            await client.Client.EnqueueAsync(tunes[0].Id);
            await client.Client.EnqueueAsync(tunes[1].Id);
            await client.Client.WhenStoppedAsync();
            await client.Client.EnqueueAsync(tunes[0].Id);
            await client.Client.WhenStoppedAsync();
        }

        Assert.Equal([.. tunes[0].Heard, .. tunes[1].Heard, .. tunes[0].Heard], WavFile.Read(wav));
    }

    [Fact]
    public async Task Seek_BeforeItSounds_BeginsThere()
    {
        var tune = await network.Press.MakeAsync("Seek", 30, seed: 8);
        var wav = network.Folder("seek.wav");
        await using (var client = await TestClient.StartAsync(network, "seek", $"wav:{wav}"))
        {
            var playing = client.Client.PlayAsync(tune.Id);
            await client.Client.SeekAsync(TimeSpan.FromSeconds(20));
            await playing;
            await client.Client.WhenStoppedAsync();
        }

        // The decoder is led in over 80 ms and has settled a second and a half later.
        var heard = WavFile.Read(wav);
        var expected = tune.Heard.AsSpan(20 * 48_000 * 2);
        Assert.Equal(expected.Length, heard.Length);
        const int settled = 3 * 48_000;
        Assert.Equal(expected[settled..], heard.AsSpan(settled));
        for (var i = 0; i < settled; i++)
            Assert.InRange(heard[i] - expected[i], -2_000, 2_000);
    }

    [Fact]
    public async Task Seek_WhilePlayingCached_GoesThereAndBack()
    {
        var tune = await network.Press.MakeAsync("There and back", 60, seed: 9);
        await using var client = await TestClient.StartAsync(network, "back", "null");
        await client.Client.PlayAsync(tune.Id);
        await client.Client.SeekAsync(TimeSpan.FromSeconds(35));
        await WhenAtAsync(client, 35, 60);
        await client.Client.SeekAsync(TimeSpan.FromSeconds(10));
        await WhenAtAsync(client, 10, 35);
        await client.Client.SeekAsync(TimeSpan.FromSeconds(59.8));
        await client.Client.WhenStoppedAsync();
        Assert.True((await client.Client.GetStatisticsAsync()).Plays[^1].Ended);
    }

    [Fact]
    public async Task Pause_Resume_Next_Stop_ChangeTheState()
    {
        Tune[] tunes = [await network.Press.MakeAsync("First", 30, seed: 10), await network.Press.MakeAsync("Second", 30, seed: 11)];
        await using var client = await TestClient.StartAsync(network, "buttons", "null");
        var player = client.Client;
        await player.PauseAsync();
        Assert.Equal(PlayerState.Stopped, (await player.GetStatusAsync()).State);

        await player.PlayAsync([.. tunes.Select(tune => tune.Id)]);
        await player.PauseAsync();
        var paused = await player.GetStatusAsync();
        Assert.Equal((PlayerState.Paused, tunes[0].Id, 1), (paused.State, paused.Track!.Id, paused.Queued));
        Assert.Equal("First", paused.Track.Title);
        var queue = await player.GetQueueAsync();
        Assert.Equal(tunes.Select(tune => tune.Id), queue.Select(queued => queued.Track.Id));
        Assert.Equal("First", queue[0].Track.Title);

        await player.ResumeAsync();
        await Eventually.TrueAsync(
            async () => await player.GetStatusAsync() is { State: PlayerState.Playing }, "it goes on");
        await player.PauseAsync();
        await player.NextAsync();
        await Eventually.TrueAsync(
            async () => await player.GetStatusAsync() is { State: PlayerState.Playing, Track.Title: "Second" }, "the second plays");
        await player.StopAsync();
        var stopped = await player.GetStatusAsync();
        Assert.Equal((PlayerState.Stopped, null, 0), (stopped.State, stopped.Track, stopped.Queued));
        Assert.Empty(await player.GetQueueAsync());
        await player.WhenStoppedAsync();
    }

    [Fact]
    public async Task Play_UnknownTrack_FailsAndTheNextPlays()
    {
        var tune = await network.Press.MakeAsync("Known", 3, seed: 12);
        await using var client = await TestClient.StartAsync(network, "unknown");
        var failed = await Assert.ThrowsAsync<PlaybackException>(
            () => client.Client.PlayAsync(new TrackId(7), tune.Id));
        Assert.Equal("The catalogue has no such track.", failed.Message);
        await client.Client.WhenStoppedAsync();
        var play = (await client.Client.GetStatisticsAsync()).Plays[^1];
        Assert.Equal((tune.Id, true, tune.Manifest.Samples), (play.Track, play.Ended, play.Samples));
        Assert.Equal(failed.Message, (await client.Client.GetStatusAsync()).Problem);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Client.PlayAsync(new List<TrackId>()));
    }

    [Fact]
    public async Task Play_WhatCannotBeOpened_LeavesWhatPlaysAndItsQueue()
    {
        Tune[] tunes = [await network.Press.MakeAsync("Left alone", 30, seed: 720), await network.Press.MakeAsync("And then", 30, seed: 721)];
        await using var client = await TestClient.StartAsync(network, "left-alone", "null");
        await client.Client.PlayAsync([.. tunes.Select(tune => tune.Id)]);
        var failed = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(new TrackId(7), tunes[1].Id));
        Assert.Equal("The catalogue has no such track.", failed.Message);
        await network.StopAccessPointAsync();
        try
        {
            await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(new TrackId(8)));
        }
        finally
        {
            await network.StartAccessPointAsync();
        }

        var status = await client.Client.GetStatusAsync();
        Assert.Equal((tunes[0].Id, 1, "", 1), (status.Track!.Id, status.Queued, status.Problem, (await client.Client.GetStatisticsAsync()).Plays.Count));
        Assert.Equal(tunes.Select(tune => tune.Id), (await client.Client.GetQueueAsync()).Select(queued => queued.Track.Id));
        Assert.NotEqual(PlayerState.Stopped, status.State);
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task Play_Another_CutsTheFirstAndForgetsWhatFollowedIt()
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync("Cut", 30, seed: 13),
            await network.Press.MakeAsync("Forgotten", 5, seed: 14),
            await network.Press.MakeAsync("Chosen", 4, seed: 15),
        ];
        await using var client = await TestClient.StartAsync(network, "cut", "null");
        await client.Client.PlayAsync(tunes[0].Id, tunes[1].Id);
        await client.Client.PlayAsync(tunes[2].Id);
        await client.Client.WhenStoppedAsync();
        var plays = (await client.Client.GetStatisticsAsync()).Plays;
        Assert.Equal([tunes[0].Id, tunes[2].Id], plays.Select(play => play.Track));
        Assert.Equal([false, true], plays.Select(play => play.Ended));
    }

    private static Task WhenAtAsync(TestClient client, double from, double to) => Eventually.TrueAsync(
        async () =>
        {
            var status = await client.Client.GetStatusAsync();
            return status.State == PlayerState.Playing && status.Position.TotalSeconds > from && status.Position.TotalSeconds < to;
        },
        $"playing at {from} s");
}
