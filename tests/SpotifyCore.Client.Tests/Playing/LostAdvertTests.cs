using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>An advert whose data nobody has is passed over: the listener has the track that was clicked on.</summary>
public sealed class LostAdvertTests(LostAdvertTests.AdvertNetwork network) : IClassFixture<LostAdvertTests.AdvertNetwork>
{
    [Fact]
    public async Task Play_BeforeWhichAnAdvertIsLost_CompletesOnceTheTrackSounds()
    {
        var (heard, tune) = (
            await network.Press.MakeAsync("Heard", 60, seed: 240), await network.Press.MakeAsync("Chosen", 30, seed: 241));
        await using var client = await StartAsync("lost");
        await client.Client.PlayAsync(heard.Id);

        var report = await client.Client.PlayAsync(tune.Id);

        Assert.Equal((false, true, tune.Id), (report.IsAdvert, report.Clicked, report.Track));
        Assert.NotNull(report.Start);
        Assert.Equal(0, network.AdvertsHeard);
        await client.Client.StopAsync();
    }

    [Fact]
    public async Task Play_WhichIsLostTooBehindTheAdvert_FailsAndBringsBackWhatPlayed()
    {
        var heard = await network.Press.MakeAsync("Goes on", 60, seed: 242);
        var tune = await network.LoseAsync(press => press.MakeAsync("Lost too", 30, seed: 243));
        await using var client = await StartAsync("both-lost");
        await client.Client.PlayAsync(heard.Id);

        var failed = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(tune.Id));

        Assert.Contains("right now", failed.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => await client.Client.GetStatusAsync() is { IsAdvert: false, State: PlayerState.Playing } status
                && status.Track!.Id == heard.Id,
            "what played goes on");
        await client.Client.StopAsync();
    }

    private async Task<TestClient> StartAsync(string name)
    {
        network.AddListener(name, TestNetwork.Password);
        var options = TestClient.Options(network, name, "null");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(3);
        var client = await TestClient.StartAsync(options, logIn: false);
        await client.Client.LogInAsync(name, TestNetwork.Password);
        return client;
    }

    /// <summary>One where an advert stands before every track but an account's first, whose data is nowhere.</summary>
    public sealed class AdvertNetwork : TestNetwork
    {
        protected override TimeSpan AdvertEvery => TimeSpan.FromMilliseconds(1);

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await LoseAsync(static press => press.AdvertiseAsync("Buy soap", 2, 244, "Clean hands"));
        }

        internal async Task<Tune> LoseAsync(Func<TestPress, Task<Tune>> make)
        {
            Press.LosesData = true;
            var made = await make(Press);
            Press.LosesData = false;
            return made;
        }
    }
}
