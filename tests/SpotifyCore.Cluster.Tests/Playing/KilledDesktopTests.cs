using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>A desktop keeps what it has played, however it ends, and needs nobody to play it again.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class KilledDesktopTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Kill_ADesktop_PlaysWhatItHadWithoutTheAccessPoint()
    {
        var track = rough.TrackOf(RoughCluster.DesktopKilled);
        var desktop = await rough.Cluster.DesktopAsync("killed");
        await desktop.TellAsync("login", "anna");
        var cold = await desktop.PlayAsync(track);
        await RestingAsync(desktop, track);
        await desktop.KillAsync();
        Assert.Equal(0, await rough.Cluster.AccessPoint.TerminateAsync());

        await desktop.StartAsync();
        var again = await desktop.PlayAsync(track);

        output.WriteLine($"cold {cold}\nagain {again}");
        Assert.Equal((true, cold.Samples), (again.Ended, again.Samples));
        Assert.Equal(cold.Bytes.Total, again.Bytes.Cache);
    }

    [Fact]
    public async Task Kill_ADesktopInTheMiddleOfAQueue_GoesOnWhereItWas()
    {
        string[] tracks =
        [
            rough.TrackOf(RoughCluster.DesktopKilled).ToString(), rough.TrackOf(RoughCluster.PeerDamaged).ToString(),
        ];
        var desktop = await rough.Cluster.DesktopAsync("queued", "null");
        await desktop.TellAsync("login", "anna");
        await desktop.TellAsync(["play", .. tracks]);
        await desktop.TellAsync("next");
        await desktop.TellAsync("pause");
        await desktop.TellAsync("seek", "7");
        var place = Path.Combine(desktop.Data, "playing");
        await Eventually.TrueAsync(async () => File.Exists(place) && await File.ReadAllTextAsync(place) is { } kept
            && kept.Contains("\"IsPaused\":true", StringComparison.Ordinal)
            && kept.Contains($"\"Sample\":{7 * 48_000}", StringComparison.Ordinal));
        await desktop.KillAsync();

        await desktop.StartAsync();
        using var status = JsonDocument.Parse(await desktop.TellAsync("status", "--json"));
        output.WriteLine($"{status.RootElement}");
        Assert.Equal("paused", status.RootElement.GetProperty("state").GetString());
        Assert.Equal(tracks[1], status.RootElement.GetProperty("track").GetString());
        Assert.InRange(status.RootElement.GetProperty("position_ms").GetInt64(), 6_900, 7_100);
        await desktop.TellAsync("resume");
        await Eventually.TrueAsync(async () =>
        {
            using var stats = JsonDocument.Parse(await desktop.TellAsync("stats", "--json"));
            return DesktopPlay.Read(stats.RootElement.GetProperty("plays").EnumerateArray().Last()).Ended;
        });
    }

    /// <summary>Waits until the cache, as it lies on the disk, holds the whole track.</summary>
    private async Task RestingAsync(ClusterDesktop desktop, TrackId track)
    {
        using var listener = await RawListener.LogInAsync(rough.Cluster, "bertil");
        var manifest = RawListener.ManifestOf(await listener.OpenAsync(track));
        await Eventually.TrueAsync(async () =>
        {
            using var copy = new TempDirectory();
            var original = Path.Combine(desktop.Data, "cache");
            await ProgramRun.RunAsync("/bin/cp", null, "-r", "--sparse=always", original, copy["cache"]);
            var options = new ChunkCacheOptions { Directory = copy["cache"], DiskBytes = 10L << 30 };
            await using var cache = FasterChunkCache.Open(options, NullLogger<FasterChunkCache>.Instance);
            return cache.CopyPresence(manifest.File, new ulong[(manifest.ChunkCount + 63) / 64]) == manifest.ChunkCount;
        });
    }
}
