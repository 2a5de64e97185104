using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Where there are adverts, what is heard out of the cache counts as listening too.</summary>
public sealed class AskedEachTimeTests(AskedEachTimeTests.AdvertNetwork network)
    : IClassFixture<AskedEachTimeTests.AdvertNetwork>
{
    [Fact]
    public async Task Play_CachedTrackAgain_IsAskedFor()
    {
        // With two the first would still be what was opened before the last, whose length is not over.
        var tunes = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            i => network.Press.MakeAsync($"Again {i}", 2, seed: 94 + i)));
        await using var client = await TestClient.StartAsync(network, "asked");
        await client.HearAsync(tunes);
        var before = network.MusicOf(TestNetwork.Listener);

        var again = await client.HearAsync(tunes);

        Assert.Equal(again.Bytes.Total, again.Bytes.Cache);
        Assert.Equal(before + 6_000, network.MusicOf(TestNetwork.Listener));
    }

    [Fact]
    public async Task Play_CachedTrackWithoutTheAccessPoint_PlaysWhileItsKeyIsGood()
    {
        var tune = await network.Press.MakeAsync("For a while", 2, seed: 92);
        await using var client = await TestClient.StartAsync(network, "while");
        await client.HearAsync(tune);
        await network.StopAccessPointAsync();
        try
        {
            Assert.True((await client.HearAsync(tune)).Ended);
        }
        finally
        {
            await network.StartAccessPointAsync();
        }
    }

    /// <summary>One where an advert is due after an hour.</summary>
    public sealed class AdvertNetwork : TestNetwork
    {
        protected override TimeSpan AdvertEvery => TimeSpan.FromHours(1);

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await Press.AdvertiseAsync("Buy soap", 5, 93, "Clean hands");
        }
    }
}
