using SpotifyCore.Client;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Core.Nodes;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>Storage nodes stand still, with their connections up: the listener is served by another, or waits.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class FrozenNodeTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        foreach (var node in rough.Cluster.Storage)
            node.Thaw();

        return rough.RestoreAsync();
    }

    [Theory]
    [InlineData(0, "null")]
    [InlineData(1, "null")]
    [InlineData(0, "null-fast")]
    [InlineData(1, "null-fast")]
    public async Task Freeze_OneStorageNode_SoundsLongBeforeItIsTakenForSilent(int frozen, string kind)
    {
        // A busy machine may take as long for anything; whoever waits for the frozen node does so each time.
        var least = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && least > new NodeOptions().Silence / 2; attempt++)
        {
            var start = await StartBesideFrozenAsync(frozen, kind);
            least = start < least ? start : least;
        }

        Assert.InRange(least, TimeSpan.Zero, new NodeOptions().Silence / 2);
    }

    [Fact]
    public async Task Freeze_BothStorageNodesForSixSeconds_WaitsAndGoesOn()
    {
        await using var client = await SpotifyClient.StartAsync(rough.Cluster.ClientOptions("null"));
        await client.LogInAsync("anna", TestCluster.Password);
        await ConnectedAsync(client);
        foreach (var node in rough.Cluster.Storage)
            node.Freeze();

        var playing = client.PlayAsync(rough.TrackOf(RoughCluster.AllStorageFrozen));
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.False(playing.IsCompleted);
        foreach (var node in rough.Cluster.Storage)
            node.Thaw();

        var play = await playing;
        output.WriteLine($"{play}");
        await client.WhenStoppedAsync();
        Assert.True((await client.GetStatisticsAsync()).Plays[^1].Ended);
    }

    private async Task<TimeSpan> StartBesideFrozenAsync(int frozen, string kind)
    {
        var node = rough.Cluster.Storage[frozen];
        await using var client = await SpotifyClient.StartAsync(rough.Cluster.ClientOptions(kind));
        await client.LogInAsync("anna", TestCluster.Password);
        await ConnectedAsync(client);
        node.Freeze();

        var play = await client.PlayAsync(rough.TrackOf(RoughCluster.StorageFrozen));

        output.WriteLine($"{play}");
        await client.WhenStoppedAsync();
        Assert.True((await client.GetStatisticsAsync()).Plays[^1].Ended);
        node.Thaw();
        return play.Start!.Value;
    }

    private static Task ConnectedAsync(SpotifyClient client) => Testing.Eventually.TrueAsync(
        async () => (await client.GetStatisticsAsync()).Connections > 0, "a node is connected");
}
