using System.Net;
using System.Net.Sockets;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What becomes of what plays while a click on another track comes to nothing.</summary>
[Collection(PlayingGroup.Name)]
public sealed class ClickTests(TestNetwork network)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Play_WhatOpensAndFindsNoData_BringsBackWhatPlayedWhereItWas(bool isPaused)
    {
        var folder = $"brought-back-{isPaused}";
        var tunes = await HeldAsync(folder, seed: isPaused ? 760 : 750);
        var missing = await network.Press.MakeAsync($"No data {isPaused}", 20, seed: isPaused ? 769 : 759);
        var options = TestClient.Options(network, folder, "null");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(5);
        await using var client = await TestClient.StartAsync(options);
        await client.Client.PlayAsync([.. tunes.Select(tune => tune.Id)]);
        await client.Client.SetRepeatAsync(RepeatMode.All);
        await client.Client.SeekAsync(TimeSpan.FromSeconds(30));
        await WhenPastAsync(client, 30);
        if (isPaused)
            await client.Client.PauseAsync();

        var before = (await client.Client.GetStatusAsync()).Position;
        var queue = await client.Client.GetQueueAsync();
        await network.WithoutStorageAsync(async () =>
        {
            var failed = await Assert.ThrowsAsync<PlaybackException>(
                () => client.Client.PlayAsync(missing.Id, tunes[1].Id));
            Assert.Contains("right now", failed.Message, StringComparison.Ordinal);
        });

        var back = await client.Client.GetStatusAsync();
        Assert.Equal((tunes[0].Id, isPaused), (back.Track!.Id, back.State == PlayerState.Paused));
        // The player says after a pause where the sound stands, which may be some samples from where it was reckoned.
        Assert.InRange(
            back.Position.TotalSeconds, before.TotalSeconds - 0.1, isPaused ? before.TotalSeconds + 0.1 : 59);
        Assert.Equal(
            queue.Select(queued => (queued.Entry, queued.Track.Id)),
            (await client.Client.GetQueueAsync()).Select(queued => (queued.Entry, queued.Track.Id)));
        Assert.Equal(RepeatMode.All, back.Repeat);
        await client.Client.ResumeAsync();
        await Eventually.TrueAsync(
            async () => await client.Client.GetStatusAsync() is { State: PlayerState.Playing, Play.Start: not null },
            "it sounds again");
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task Play_TwiceWhatFindsNoData_BringsBackWhatPlayedBeforeBoth()
    {
        var tunes = await HeldAsync("brought-back-twice", seed: 770);
        Tune[] missing =
        [
            await network.Press.MakeAsync("No data at all", 20, seed: 778),
            await network.Press.MakeAsync("Nor of this", 20, seed: 779),
        ];
        var options = TestClient.Options(network, "brought-back-twice", "null");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(5);
        await using var client = await TestClient.StartAsync(options);
        await client.Client.PlayAsync(tunes[0].Id);
        await network.WithoutStorageAsync(async () =>
        {
            var first = client.Client.PlayAsync(missing[0].Id);
            await Eventually.TrueAsync(
                async () => (await client.Client.GetStatusAsync()).Track?.Id == missing[0].Id || first.IsCompleted,
                "the first is current");
            var second = client.Client.PlayAsync(missing[1].Id);
            await Assert.ThrowsAsync<PlaybackException>(() => first);
            await Assert.ThrowsAsync<PlaybackException>(() => second);
        });

        Assert.Equal(tunes[0].Id, (await client.Client.GetStatusAsync()).Track!.Id);
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task Enqueue_BehindWhatFindsNoData_IsPlayedInsteadOfWhatPlayedBefore()
    {
        var tunes = await HeldAsync("changed-meanwhile", seed: 780);
        var missing = await network.Press.MakeAsync("No data, but a queue", 20, seed: 789);
        var options = TestClient.Options(network, "changed-meanwhile", "null");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(10);
        await using var client = await TestClient.StartAsync(options);
        await client.Client.PlayAsync(tunes[0].Id);
        await network.WithoutStorageAsync(async () =>
        {
            var clicking = client.Client.PlayAsync(missing.Id);
            await Eventually.TrueAsync(
                async () => (await client.Client.GetStatusAsync()).Track?.Id == missing.Id, "it is current");
            await client.Client.EnqueueAsync(tunes[1].Id);
            await Assert.ThrowsAsync<PlaybackException>(() => clicking);
        });

        await Eventually.TrueAsync(
            async () => (await client.Client.GetStatusAsync()).Track?.Id == tunes[1].Id, "what was enqueued plays");
        await client.Client.StopAsync();
    }

    /// <summary>Whichever is first on the loop: nothing tells the listener which queue there is at that moment.</summary>
    [Fact]
    public async Task Enqueue_WhileAClickIsBeingOpened_PlaysBehindIt()
    {
        var tunes = await HeldAsync("enqueued-meanwhile", seed: 785);
        await using var client = await TestClient.StartAsync(network, "enqueued-meanwhile", "null");
        var player = client.Client;
        await player.PlayAsync(tunes[0].Id, tunes[0].Id);

        var clicking = player.PlayAsync(tunes[1].Id, tunes[1].Id);
        await player.EnqueueAsync(tunes[0].Id);
        await player.EnqueueNextAsync(TrackInfo.Unknown(tunes[0].Id), TrackInfo.Unknown(tunes[1].Id));
        await clicking;

        Assert.Equal(
            new[] { 1, 0, 1, 1, 0 }.Select(tune => tunes[tune].Id),
            (await player.GetQueueAsync()).Select(static queued => queued.Track.Id));
        await player.StopAsync();
    }

    [Fact]
    public async Task StopPauseOrAnotherPlay_WhileAClickIsBeingOpened_CallsItOff()
    {
        var tunes = await HeldAsync("called-off", seed: 790);
        var wanted = await network.Press.MakeAsync("Called off", 20, seed: 799);
        await using var client = await TestClient.StartAsync(network, "called-off", "null");
        var player = client.Client;

        // An access point that accepts connections and says nothing, so that nothing is opened at it.
        await network.StopAccessPointAsync();
        using var silent = new TcpListener(IPAddress.Loopback, new Uri(network.Url).Port);
        silent.Start();
        try
        {
            foreach (var (callOff, reason, state, track) in (
                (Func<Task> CallOff, string Reason, PlayerState State, Tune? Track)[])
                [
                    (player.PauseAsync, "The playback was paused.", PlayerState.Paused, tunes[0]),
                    (() => player.PlayAsync(tunes[1].Id), "Another track was chosen.", PlayerState.Playing, tunes[1]),
                    (player.StopAsync, "The playback was stopped.", PlayerState.Stopped, null),
                ])
            {
                await player.PlayAsync(tunes[0].Id);
                var clicking = player.PlayAsync(wanted.Id);
                await callOff();
                var failed = await Assert.ThrowsAsync<PlaybackException>(() => clicking);
                Assert.Equal(reason, failed.Message);
                var status = await player.GetStatusAsync();
                Assert.Equal((state, track?.Id), (status.State, status.Track?.Id));
            }
        }
        finally
        {
            silent.Stop();
            await network.StartAccessPointAsync();
        }
    }

    /// <summary>Two tracks of a minute that the cache of a folder holds whole.</summary>
    private async Task<Tune[]> HeldAsync(string folder, int seed)
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync($"{folder}, one", 60, seed),
            await network.Press.MakeAsync($"{folder}, two", 60, seed + 1),
        ];
        await using var filling = await TestClient.StartAsync(network, folder);
        await filling.HearAsync(tunes);
        return tunes;
    }

    private static Task WhenPastAsync(TestClient client, double seconds) => Eventually.TrueAsync(
        async () => await client.Client.GetStatusAsync() is { State: PlayerState.Playing, Position: var at }
            && at.TotalSeconds > seconds,
        $"playing past {seconds} s");
}
