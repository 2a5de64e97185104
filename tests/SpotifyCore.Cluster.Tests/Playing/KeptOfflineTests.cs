using System.Text.Json;
using SpotifyCore.Cluster.Tests.Network;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>An album that is kept offline plays with no server left, whatever ended the desktop before.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class KeptOfflineTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Play_AKeptAlbumWithEveryServerStopped_IsSampleForSampleWhatPlaysOnline()
    {
        var tracks = RoughCluster.Kept.Select(name => rough.TrackOf(name).ToString()).ToArray();
        var (online, offline) = (rough.Cluster.Work["online.wav"], rough.Cluster.Work["offline.wav"]);
        var listener = await rough.Cluster.DesktopAsync("online", $"wav:{online}");
        await listener.TellAsync("login", "bertil");
        await listener.TellAsync(["play", "--wait", .. tracks]);
        Assert.Equal(0, await listener.TerminateAsync());

        var desktop = await rough.Cluster.DesktopAsync("keeper", $"wav:{offline}");
        await desktop.TellAsync("login", "anna");
        output.WriteLine(await desktop.TellAsync("offline", "add", "--album", "taken along", "--wait"));

        // Killed at once: what was told as kept is durable. Of the cache nothing is left either.
        await desktop.KillAsync();
        Directory.Delete(Path.Combine(desktop.Data, "cache"), recursive: true);
        foreach (var server in rough.Cluster.Masters.Concat(rough.Cluster.Storage).Append(rough.Cluster.AccessPoint))
            Assert.Equal(0, await server.TerminateAsync());

        await desktop.StartAsync();
        using (var status = JsonDocument.Parse(await desktop.TellAsync("offline", "--json")))
        {
            output.WriteLine($"{status.RootElement}");
            Assert.Equal((2, 2), (
                status.RootElement.GetProperty("tracks").GetInt32(), status.RootElement.GetProperty("kept").GetInt32()));
        }

        await desktop.TellAsync("play", "--album", "--wait", "taken along");
        Assert.Equal(0, await desktop.TerminateAsync());

        var (heardOnline, heardOffline) = (await File.ReadAllBytesAsync(online), await File.ReadAllBytesAsync(offline));
        Assert.InRange(heardOnline.Length, 2 * 12 * 48_000 * 4, int.MaxValue);
        Assert.Equal(heardOnline, heardOffline);
    }
}
