using SpotifyCore.Cluster.Tests.Network;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>A desktop keeps what it has played, however it ends, and needs nobody to play it again.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class KilledDesktopTests(RoughCluster rough, ITestOutputHelper output)
{
    [Fact]
    public async Task Kill_ADesktop_PlaysWhatItHadWithoutTheAccessPoint()
    {
        var track = rough.TrackOf(RoughCluster.DesktopKilled);
        var desktop = await rough.Cluster.DesktopAsync("killed");
        await desktop.TellAsync("login", "anna");
        var cold = await desktop.PlayAsync(track);
        await CheckpointAsync(desktop, DateTime.UtcNow);
        await desktop.KillAsync();
        Assert.Equal(0, await rough.Cluster.AccessPoint.TerminateAsync());

        await desktop.StartAsync();
        var again = await desktop.PlayAsync(track);

        output.WriteLine($"cold {cold}\nagain {again}");
        Assert.Equal((true, cold.Samples), (again.Ended, again.Samples));
        Assert.Equal(cold.Bytes.Total, again.Bytes.Cache);
        Assert.Equal(0, await desktop.TerminateAsync());
        await rough.Cluster.AccessPoint.StartAsync();
    }

    /// <summary>Waits until the cache would survive with all that it held at some time.</summary>
    private static Task CheckpointAsync(ClusterDesktop desktop, DateTime held) => Eventually.TrueAsync(() => Task.FromResult(
        Directory.GetFiles(Path.Combine(desktop.Data, "cache"), "checkpoint.*").Any(path => File.GetLastWriteTimeUtc(path) > held)));
}
