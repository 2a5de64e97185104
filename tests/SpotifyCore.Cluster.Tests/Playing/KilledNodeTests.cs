using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Content.Identity;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>Nodes end without a word in the middle of a play, and the listener does not notice.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class KilledNodeTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    private const int BitsPerSecond = 320_000;
    private const long Begun = 300_000;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Kill_TheStorageNodeThatServes_PlaysToTheEnd()
    {
        await PlayWhileAsync(RoughCluster.StorageKilled, static (serving, _) => serving.KillAsync());
    }

    [Fact]
    public async Task Kill_AMasterDuringAColdPlay_PlaysToTheEnd()
    {
        await PlayWhileAsync(RoughCluster.MasterKilled, (_, file) => rough.Cluster.OwnersOf(file)[0].KillAsync());
    }

    private async Task PlayWhileAsync(string name, Func<ClusterNode, FileId, Task> strike)
    {
        var track = rough.TrackOf(name);
        using var asking = await RawListener.LogInAsync(rough.Cluster, "bertil");
        var manifest = RawListener.ManifestOf(await asking.OpenAsync(track, BitsPerSecond));
        rough.HoldAfter(Begun);

        var striking = Task.Run(async () =>
        {
            await strike(await rough.HeldAsync(), manifest.File);
            rough.Release();
        });
        var disturbed = await Heard.ListenAsync(rough.Cluster, BitsPerSecond, null, track);
        await striking;

        output.WriteLine($"{disturbed.Play}");
        Assert.Equal((true, manifest.Samples, manifest.Length), (disturbed.Play.Ended, disturbed.Play.Samples, disturbed.Play.Bytes.Total));
        Assert.InRange(disturbed.Play.Bytes.Master, 1, manifest.Length);
        var undisturbed = await Heard.ListenAsync(rough.Cluster, BitsPerSecond, null, track);
        Assert.Equal(undisturbed.Sound.Interleaved, disturbed.Sound.Interleaved);
        Assert.InRange(disturbed.Sound.CorrelationWith(rough.SourceOf(name)), 0.999, 1);
    }
}
