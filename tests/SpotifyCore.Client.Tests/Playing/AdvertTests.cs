using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Adverts as a listener on the Free plan has them, over a real network in this process.</summary>
public sealed class AdvertTests(AdvertTests.AdvertNetwork network) : IClassFixture<AdvertTests.AdvertNetwork>
{
    [Fact]
    public async Task Play_Tracks_HasAdvertsBetweenThemToTheSample()
    {
        var (first, second) = (await MakeAsync("Before", 3, 70), await MakeAsync("Behind", 3, 71));
        var heardBefore = network.AdvertsHeard;
        var wav = network.Folder("adverts.wav");
        await using (var client = await StartAsync("adverts", "between", $"wav:{wav}"))
        {
            await client.HearAsync(first, second);
            var plays = (await client.Client.GetStatisticsAsync()).Plays;
            Assert.Equal([false, true, false], plays.Select(static play => play.IsAdvert));
            Assert.Equal(("Buy soap", "Clean hands"), (plays[1].Described.Title, plays[1].Described.Artists[0]));
            Assert.All(plays, static play => Assert.True(play.Ended));
        }

        Assert.Equal([.. first.Heard, .. network.Advert.Heard, .. second.Heard], WavFile.Read(wav));
        Assert.Equal(heardBefore + 1, network.AdvertsHeard);
    }

    [Fact]
    public async Task Commands_WhileAnAdvertPlays_AreRefusedWithASentence()
    {
        var (first, second) = (await MakeAsync("Short", 1, 72), await MakeAsync("Long", 60, 73));
        await using var client = await StartAsync("refused", "refused", "null");
        await client.Client.PlayAsync(first.Id, second.Id);
        var status = await AdvertAsync(client);

        Assert.Equal(("Buy soap", network.Advert.Id, 1), (status.Track!.Title, status.Track.Id, status.Queued));
        var queue = await client.Client.GetQueueAsync();
        Assert.Equal([second.Id], queue.Select(static queued => queued.Track.Id));
        Func<Task>[] commands =
        [
            () => client.Client.NextAsync(), () => client.Client.PreviousAsync(),
            () => client.Client.SeekAsync(TimeSpan.FromSeconds(2)), () => client.Client.PlayEntryAsync(queue[0].Entry),
            () => client.Client.PlayAsync(first.Id),
        ];
        foreach (var command in commands)
        {
            var refused = await Assert.ThrowsAsync<PlaybackException>(command);
            Assert.Matches(@"^An advert plays, which can't be skipped: \d s are left\.$", refused.Message);
        }

        Assert.False(await client.Client.PlayEntryAsync(7_777));
        await client.Client.SetVolumeAsync(30);
        await client.Client.EnqueueAsync(first.Id);
        await client.Client.PauseAsync();
        await client.Client.ResumeAsync();
        await Eventually.TrueAsync(
            async () => await client.Client.GetStatusAsync() is { IsAdvert: false, State: PlayerState.Playing }, "it goes on");
        Assert.Equal(second.Id, (await client.Client.GetStatusAsync()).Track!.Id);
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task Play_WhileAnAdvertIsDue_CompletesOnceThatSounds()
    {
        var (heard, tune) = (await MakeAsync("Heard", 30, 74), await MakeAsync("Chosen", 30, 78));
        await using var client = await StartAsync("clicked", "clicked", "null");
        Assert.False((await client.Client.PlayAsync(heard.Id)).IsAdvert);

        // What plays already is no more interrupted by being chosen once more than by a network that went away.
        Assert.False((await client.Client.PlayAsync(heard.Id)).IsAdvert);
        var report = await client.Client.PlayAsync(tune.Id);

        Assert.Equal((true, network.Advert.Id), (report.IsAdvert, report.Track));
        Assert.NotNull(report.Start);
        await Eventually.TrueAsync(
            async () => await client.Client.GetStatusAsync() is { IsAdvert: false, State: PlayerState.Playing }, "it goes on");
    }

    [Fact]
    public async Task Restart_WhileAnAdvertPlays_HearsItFirst()
    {
        var (first, second) = (await MakeAsync("Kept", 1, 75), await MakeAsync("Kept too", 60, 76));
        var heardBefore = network.AdvertsHeard;
        await using (var client = await StartAsync("restarted", "restarted", "null"))
        {
            await client.Client.PlayAsync(first.Id, second.Id);
            await AdvertAsync(client);
        }

        await using var again = await TestClient.StartAsync(network, "restarted", "null", logIn: false);
        await AdvertAsync(again);
        Assert.Equal(heardBefore, network.AdvertsHeard);
        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync() is { IsAdvert: false, State: PlayerState.Playing }, "it goes on");
        Assert.Equal(second.Id, (await again.Client.GetStatusAsync()).Track!.Id);
        Assert.Equal(heardBefore + 1, network.AdvertsHeard);
    }

    [Fact]
    public async Task Play_CachedTrackWithoutTheAccessPoint_IsOverWithItsKey()
    {
        var tune = await MakeAsync("No endless radio", 2, 77);
        await using var client = await StartAsync("cached", "cached", "null-fast");
        await client.HearAsync(tune);
        await network.StopAccessPointAsync();
        try
        {
            // Which is good until the next advert.
            PlaybackException? refused = null;
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        await client.Client.PlayAsync(tune.Id);
                    }
                    catch (PlaybackException failed)
                    {
                        refused = failed;
                    }

                    return refused is not null;
                },
                "its key is over");
            Assert.Contains("can't be reached", refused!.Message, StringComparison.Ordinal);
        }
        finally
        {
            await network.StartAccessPointAsync();
        }
    }

    [Fact]
    public async Task Play_OnAPlanThatIsPaid_HasNone()
    {
        var tunes = await Task.WhenAll(Enumerable.Range(80, 3).Select(seed => MakeAsync($"Paid {seed}", 1, seed)));
        await using var client = await StartAsync("paid", "paid", "null-fast");
        network.GivePlan("paid", Contracts.Plan.Unlimited);

        await client.HearAsync(tunes);

        Assert.DoesNotContain((await client.Client.GetStatisticsAsync()).Plays, static play => play.IsAdvert);
    }

    private static async Task<PlayerStatus> AdvertAsync(TestClient client)
    {
        PlayerStatus? status = null;
        await Eventually.TrueAsync(
            async () => (status = await client.Client.GetStatusAsync()) is { IsAdvert: true, State: PlayerState.Playing },
            "an advert plays");
        return status!;
    }

    private Task<Tune> MakeAsync(string title, double seconds, int seed) => network.Press.MakeAsync(title, seconds, seed);

    // Each test has an account of its own, which has heard nothing.
    private async Task<TestClient> StartAsync(string folder, string account, string output)
    {
        network.AddListener(account, TestNetwork.Password);
        var client = await TestClient.StartAsync(network, folder, output, logIn: false);
        await client.Client.LogInAsync(account, TestNetwork.Password);
        return client;
    }

    /// <summary>One where an advert stands before every track but an account's first: nobody opens two at one moment.</summary>
    public sealed class AdvertNetwork : TestNetwork
    {
        protected override TimeSpan AdvertEvery => TimeSpan.FromMilliseconds(1);

        internal Tune Advert { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Advert = await Press.AdvertiseAsync("Buy soap", 5, 79, "Clean hands");
        }
    }
}
