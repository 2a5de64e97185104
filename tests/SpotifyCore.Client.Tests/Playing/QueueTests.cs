using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a listener does with the queue, heard over a real network in this process.</summary>
[Collection(PlayingGroup.Name)]
public sealed class QueueTests(TestNetwork network)
{
    [Fact]
    public async Task Repeat_One_PlaysItAgainWithoutAGapUntilItIsSkipped()
    {
        var (once, after) = (await MakeAsync("Over and over", 4, 20), await MakeAsync("After all", 4, 21));
        var wav = network.Folder("repeat-one.wav");
        await using (var client = await TestClient.StartAsync(network, "repeat-one", $"wav:{wav}"))
        {
            await client.Client.SetRepeatAsync(RepeatMode.One);
            await client.Client.PlayAsync(once.Id, after.Id);
            await PlaysAsync(client, 3);
            await client.Client.SetRepeatAsync(RepeatMode.Off);
            await client.Client.WhenStoppedAsync();
            var plays = (await client.Client.GetStatisticsAsync()).Plays;
            Assert.Equal([.. Enumerable.Repeat(once.Id, plays.Count - 1), after.Id], plays.Select(play => play.Track));
            Assert.All(plays, play => Assert.True(play.Ended));
            Assert.All(plays.Skip(1).SkipLast(1), play => Assert.False(play.Cold));
        }

        var heard = WavFile.Read(wav);
        var times = (heard.Length - after.Heard.Length) / once.Heard.Length;
        Assert.Equal([.. Enumerable.Repeat(once.Heard, times).SelectMany(pcm => pcm), .. after.Heard], heard);
    }

    [Fact]
    public async Task Repeat_All_BeginsAgainAfterTheLast()
    {
        var (first, second) = (await MakeAsync("Round", 3, 22), await MakeAsync("And round", 3, 23));
        await using var client = await TestClient.StartAsync(network, "repeat-all");
        await client.Client.SetRepeatAsync(RepeatMode.All);
        await client.Client.PlayAsync(first.Id, second.Id);
        await PlaysAsync(client, 5);
        await client.Client.StopAsync();
        var plays = (await client.Client.GetStatisticsAsync()).Plays;
        Assert.All(plays.Index(), play => Assert.Equal(play.Index % 2 == 0 ? first.Id : second.Id, play.Item.Track));
    }

    [Fact]
    public async Task Previous_GoesToTheStartThenToTheTrackBefore()
    {
        var (first, second) = (await MakeAsync("Earlier", 30, 24), await MakeAsync("Later", 90, 25));
        await using var client = await TestClient.StartAsync(network, "previous", "null");
        await client.Client.PlayAsync(first.Id, second.Id);
        await client.Client.NextAsync();
        await client.Client.SeekAsync(TimeSpan.FromSeconds(20));
        await client.Client.PreviousAsync();
        var again = await client.Client.GetStatusAsync();
        Assert.Equal(second.Id, again.Track!.Id);
        Assert.InRange(again.Position.TotalSeconds, 0, 19.9);

        // Goes to the start once more as long as three seconds of it were heard meanwhile.
        await Eventually.TrueAsync(
            async () =>
            {
                await client.Client.PreviousAsync();
                return (await client.Client.GetStatusAsync()).Track!.Id == first.Id;
            },
            "the one before plays");
        await client.Client.PreviousAsync();
        Assert.Equal(first.Id, (await client.Client.GetStatusAsync()).Track!.Id);
        Assert.Equal(2, (await client.Client.GetQueueAsync()).Count);
        await client.Client.StopAsync();
        await client.Client.PreviousAsync();
        Assert.Equal(PlayerState.Stopped, (await client.Client.GetStatusAsync()).State);
    }

    [Fact]
    public async Task Remove_WhatPlays_GivesWayToWhatFollows()
    {
        var (first, second) = (await MakeAsync("Unwanted", 30, 26), await MakeAsync("Wanted", 30, 27));
        await using var client = await TestClient.StartAsync(network, "remove", "null");
        await client.Client.PlayAsync(first.Id, second.Id);
        var queue = await client.Client.GetQueueAsync();
        Assert.Equal(1, await client.Client.RemoveFromQueueAsync(queue[0].Entry, 77));
        Assert.Equal(second.Id, (await client.Client.GetStatusAsync()).Track!.Id);
        Assert.Equal(1, await client.Client.RemoveFromQueueAsync(queue[1].Entry));
        Assert.Equal(PlayerState.Stopped, (await client.Client.GetStatusAsync()).State);
        Assert.False(await client.Client.PlayEntryAsync(queue[1].Entry));
    }

    [Fact]
    public async Task EnqueueNext_AndShuffle_DecideWhatFollows()
    {
        var tunes = new List<Tune>();
        for (var i = 0; i < 6; i++)
            tunes.Add(await MakeAsync($"Dealt {i}", i == 0 ? 60 : 2, 28 + i));

        await using var client = await TestClient.StartAsync(network, "dealt", "null");
        await client.Client.PlayAsync([.. tunes.Take(5).Select(tune => tune.Id)]);
        await client.Client.SetShuffleAsync(true);
        await client.Client.EnqueueNextAsync(tunes.Skip(5).Select(tune => TrackInfo.Unknown(tune.Id)).ToArray());
        var queue = await client.Client.GetQueueAsync();
        Assert.Equal((tunes[0].Id, tunes[5].Id), (queue[0].Track.Id, queue[1].Track.Id));
        Assert.Equal(tunes.Select(tune => tune.Id).ToHashSet(), queue.Select(queued => queued.Track.Id).ToHashSet());
        await client.Client.SetShuffleAsync(false);
        var straight = await client.Client.GetQueueAsync();
        Assert.Equal(
            new[] { 0, 5, 1, 2, 3, 4 }.Select(i => tunes[i].Id), straight.Select(queued => queued.Track.Id));
        await client.Client.NextAsync();
        await client.Client.WhenStoppedAsync().WaitAsync(TimeSpan.FromMinutes(2));
        var plays = (await client.Client.GetStatisticsAsync()).Plays;
        Assert.Equal(straight.Select(queued => queued.Track.Id), plays.Select(play => play.Track));
    }

    private Task<Tune> MakeAsync(string title, double seconds, int seed) =>
        network.Press.MakeAsync(title, seconds, seed + 400);

    private static Task PlaysAsync(TestClient client, int count) => Eventually.TrueAsync(
        async () => (await client.Client.GetStatisticsAsync()).Plays.Count >= count, $"{count} plays");
}
