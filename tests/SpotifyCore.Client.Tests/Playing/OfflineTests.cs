using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What still plays when parts of the network are away.</summary>
[Collection(PlayingGroup.Name)]
public sealed class OfflineTests(TestNetwork network)
{
    [Fact]
    public async Task Play_CachedWithTheAccessPointAway_SoundsAfterARestartToo()
    {
        var tune = await network.Press.MakeAsync("Kept", 20, seed: 30);
        var other = await network.Press.MakeAsync("Not kept", 2, seed: 31);
        var wav = network.Folder("kept.wav");
        await using (var online = await TestClient.StartAsync(network, "kept", $"wav:{wav}"))
        {
            await online.HearAsync(tune);
            await network.StopAccessPointAsync();
            try
            {
                var again = await online.HearAsync(tune);
                Assert.Equal(tune.Sealed.Length, again.Bytes.Cache);
            }
            finally
            {
                await network.StartAccessPointAsync();
            }
        }

        Assert.Equal([.. tune.Heard, .. tune.Heard], WavFile.Read(wav));
        await network.StopAccessPointAsync();
        try
        {
            await using var offline = await TestClient.StartAsync(network, "kept", $"wav:{wav}", logIn: false);
            var play = await offline.HearAsync(tune);
            Assert.Equal((tune.Sealed.Length, "Kept"), (play.Bytes.Cache, (await offline.Client.GetStatisticsAsync()).Plays.Count == 1 ? "Kept" : ""));
            await Assert.ThrowsAsync<PlaybackException>(() => offline.Client.PlayAsync(other.Id));
        }
        finally
        {
            await network.StartAccessPointAsync();
        }

        Assert.Equal(tune.Heard, WavFile.Read(wav));
    }

    [Fact]
    public async Task Search_AccessPointFrozen_AnswersFromTheCacheAndIsOfflineUntilItThaws()
    {
        var tune = await network.Press.MakeAsync("Icebound", 2, seed: 33);
        await using var relay = new FrozenRelay(network.Url);
        var options = TestClient.Options(network, "icebound", "null-fast");
        options.AccessPoint = relay.Url;
        await using var client = await TestClient.StartAsync(options);
        await client.HearAsync(tune);
        await Eventually.TrueAsync(async () => (await client.Client.GetStatusAsync()).IsOnline, "it is online");
        relay.Freeze();

        var found = await client.Client.SearchAsync("icebound");

        Assert.Equal((true, tune.Id), (found.IsOffline, Assert.Single(found.Tracks).Id));
        await Eventually.TrueAsync(async () => !(await client.Client.GetStatusAsync()).IsOnline, "it is offline");
        Assert.Equal(TestNetwork.Listener, client.Client.Account);
        relay.Thaw();
        await Eventually.TrueAsync(async () => (await client.Client.GetStatusAsync()).IsOnline, "it is online again");
        Assert.False((await client.Client.SearchAsync("icebound")).IsOffline);
    }

    [Fact]
    public async Task Play_StorageAway_FailsAndPlaysOnceItIsBack()
    {
        var tune = await network.Press.MakeAsync("Patience", 20, seed: 32);
        var options = TestClient.Options(network, "patience", "null-fast");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromSeconds(1);
        await using var client = await TestClient.StartAsync(options);
        await network.WithoutStorageAsync(async () =>
        {
            var failed = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(tune.Id));
            Assert.Contains("right now", failed.Message, StringComparison.Ordinal);
            Assert.Equal(PlayerState.Stopped, (await client.Client.GetStatusAsync()).State);
        });

        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await client.HearAsync(tune)).Ended;
                }
                catch (PlaybackException)
                {
                    return false;
                }
            },
            "it plays");
    }
}
