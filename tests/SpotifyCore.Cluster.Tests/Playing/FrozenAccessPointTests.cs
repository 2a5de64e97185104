using SpotifyCore.Client;
using SpotifyCore.Cluster.Tests.Network;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>The access point stands still, with its connections up.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class FrozenAccessPointTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Attempts = 3;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        rough.Cluster.AccessPoint.Thaw();
        return rough.RestoreAsync();
    }

    [Fact]
    public async Task Play_OpenedBefore_SoundsBeforeTheAccessPointIsTakenForAway()
    {
        // On a busy machine anything may take longer than the access point is given; waiting for it would, each time.
        var soundedOnline = false;
        for (var attempt = 0; attempt < Attempts && !soundedOnline; attempt++)
            soundedOnline = await SoundsWhileOnlineAsync();

        Assert.True(soundedOnline);
    }

    [Fact]
    public async Task Play_NeverOpened_SaysWhatItWaitsForAndSoundsOnceItThaws()
    {
        await using var client = await SpotifyClient.StartAsync(rough.Cluster.ClientOptions("null-fast"));
        await client.LogInAsync("anna", TestCluster.Password);
        await OnlineAsync(client);
        rough.Cluster.AccessPoint.Freeze();

        var playing = client.PlayAsync(rough.TrackOf(RoughCluster.NeverOpened));
        await Eventually.TrueAsync(
            async () =>
            {
                var status = await client.GetStatusAsync();
                Assert.False(playing.IsCompleted, "It gave up before it said that it waits.");
                return status is
                {
                    State: PlayerState.Opening, WaitsFor: WaitReason.AccessPoint, IsOnline: false,
                };
            },
            "it waits for the access point");
        rough.Cluster.AccessPoint.Thaw();

        output.WriteLine($"{await playing}");
        await client.WhenStoppedAsync();
        Assert.True((await client.GetStatisticsAsync()).Plays[^1].Ended);
    }

    private async Task<bool> SoundsWhileOnlineAsync()
    {
        var track = rough.TrackOf(RoughCluster.OpenedBefore);
        var options = rough.Cluster.ClientOptions("null-fast");
        options.KeepPlayback = false;
        await using (var before = await SpotifyClient.StartAsync(options))
        {
            await before.LogInAsync("anna", TestCluster.Password);
            await before.PlayAsync(track);
            await before.WhenStoppedAsync();
        }

        Directory.Delete(Path.Combine(options.DataDirectory, "cache"), recursive: true);
        await using var client = await SpotifyClient.StartAsync(options);
        await OnlineAsync(client);
        rough.Cluster.AccessPoint.Freeze();
        var play = await client.PlayAsync(track);
        var isOnline = (await client.GetStatusAsync()).IsOnline;

        output.WriteLine($"{play}");
        await client.WhenStoppedAsync();
        play = (await client.GetStatisticsAsync()).Plays[^1];
        Assert.True(play.Ended);
        Assert.Equal(0, play.Bytes.Cache);
        rough.Cluster.AccessPoint.Thaw();
        return isOnline;
    }

    private static Task OnlineAsync(SpotifyClient client) => Eventually.TrueAsync(
        async () => (await client.GetStatusAsync()).IsOnline, "it is online");
}
