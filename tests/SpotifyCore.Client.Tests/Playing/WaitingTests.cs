using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a queue does while its current track can't be had, and what is kept of it meanwhile.</summary>
[Collection(PlayingGroup.Name)]
public sealed class WaitingTests(TestNetwork network)
{
    [Fact]
    public async Task Play_SourceGoneMidway_IsWaitedForAndTheNextHeardAfterIt()
    {
        var first = await network.Press.MakeAsync("Torn", 90, seed: 730);
        var second = await network.Press.MakeAsync("At hand", 3, seed: 731);
        await using (var filling = await TestClient.StartAsync(network, "torn"))
            await filling.HearAsync(second);

        var options = TestClient.Options(network, "torn", "null");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(5);
        await using var client = await TestClient.StartAsync(options);
        await client.HearAsync(second);
        await client.Client.PlayAsync(first.Id, second.Id);
        await network.WithoutStorageAsync(async () =>
        {
            await client.Client.SeekAsync(TimeSpan.FromSeconds(85));
            await Eventually.TrueAsync(
                async () => await client.Client.GetStatusAsync()
                    is { State: PlayerState.Waiting, Play.Start: null, Position.TotalSeconds: > 84 },
                "it was tried again, and still waits");
            Assert.Equal(first.Id, (await client.Client.GetStatusAsync()).Track!.Id);
        });

        await client.Client.WhenStoppedAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(
            [(second.Id, true), (first.Id, false), (first.Id, true), (second.Id, true)],
            (await client.Client.GetStatisticsAsync()).Plays.Select(play => (play.Track, play.Ended)));
    }

    [Fact]
    public async Task Start_WithAQueueAndNobodyLoggedIn_WaitsForTheLogin()
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync("Stranger", 30, seed: 732),
            await network.Press.MakeAsync("Stranger still", 30, seed: 733),
        ];
        var options = TestClient.Options(network, "stranger", "null");
        options.KeepSession = false;
        await using (var client = await TestClient.StartAsync(options))
            await client.Client.PlayAsync([.. tunes.Select(tune => tune.Id)]);

        // As if nothing had come in time: what is missing can't be known without an account.
        Directory.Delete(Path.Combine(network.Folder("stranger"), "cache"), recursive: true);
        Directory.Delete(Path.Combine(network.Folder("stranger"), "tracks"), recursive: true);
        options = TestClient.Options(network, "stranger", "null");
        options.KeepSession = false;
        await using var again = await TestClient.StartAsync(options, logIn: false);
        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync()
                is { State: PlayerState.Waiting, Problem: "Log in first.", Queued: 1 },
            "it waits for the login");
        await again.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync() is { State: PlayerState.Playing, Problem: "", Queued: 1 },
            "it plays by itself");
        Assert.Equal(tunes[0].Id, (await again.Client.GetStatusAsync()).Track!.Id);
        await again.Client.StopAsync();
    }

    [Fact]
    public async Task Play_QueueThatCannotBeWritten_IsKeptOnceItCan()
    {
        var tune = await network.Press.MakeAsync("Full", 60, seed: 734);
        await using var client = await TestClient.StartAsync(network, "full", "null");
        var obstacle = Directory.CreateDirectory(Path.Combine(network.Folder("full"), "queue.new"));
        await client.Client.PlayAsync(tune.Id);
        await Eventually.TrueAsync(() => client.Logged("The queue could not be kept"), "it can't be written");
        obstacle.Delete();
        await Eventually.TrueAsync(
            () => Kept("full").Find() is { Queue.Tracks: [{ Title: "Full" }], Place.Current: 0 }, "it is kept");
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task SetVolume_WithNoQueueEverKept_IsKeptAtOnce()
    {
        await using var client = await TestClient.StartAsync(network, "quiet", "null");
        await client.Client.SetVolumeAsync(40);
        await Eventually.TrueAsync(() => Kept("quiet").Find()?.Place.Volume == 40, "40 is kept");
        await client.Client.LogOutAsync();
        await client.Client.SetVolumeAsync(30);
        await Eventually.TrueAsync(() => Kept("quiet").Find()?.Place.Volume == 30, "30 is kept");
    }

    [Fact]
    public async Task Problem_OfATrackThatIsNotYetItsTurn_IsNone()
    {
        var tune = await network.Press.MakeAsync("Carefree", 3, seed: 735);
        await using var client = await TestClient.StartAsync(network, "carefree", "null");
        await client.Client.PlayAsync(tune.Id, new TrackId(7));
        await Eventually.TrueAsync(() => client.Logged("can't be played"), "the next can't be opened");
        if (await client.Client.GetStatusAsync() is { Track: { } playing } status && playing.Id == tune.Id)
            Assert.Equal("", status.Problem);

        await client.Client.WhenStoppedAsync();
        Assert.Equal("The catalogue has no such track.", (await client.Client.GetStatusAsync()).Problem);
        await client.Client.EnqueueAsync(tune.Id);
        await client.Client.WhenStoppedAsync();
        Assert.Equal("", (await client.Client.GetStatusAsync()).Problem);
    }

    private KeptPlayback Kept(string folder) => new(
        Path.Combine(network.Folder(folder), "queue"), Path.Combine(network.Folder(folder), "playing"));
}
