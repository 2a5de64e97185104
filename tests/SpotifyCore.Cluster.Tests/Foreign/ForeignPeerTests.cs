using System.Diagnostics;
using System.Text.Json;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cluster.Tests.Foreign;

/// <summary>
/// A peer that somebody else might have written, in Python, from the wire specification alone, among the real hosts.
/// </summary>
[Collection(RoughClusterGroup.Name)]
public sealed class ForeignPeerTests(RoughCluster rough) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Peer_WrittenFromTheSpecification_FetchesFromBothAndServesADesktop()
    {
        var track = rough.TrackOf(RoughCluster.Foreign);
        var holder = await LoggedInAsync("foreign1", "anna");
        await holder.PlayAsync(track);
        using var watcher = await RawListener.LogInAsync(rough.Cluster, "anna");
        await HoldersAsync(watcher, track, static count => count > 0);

        using var peer = Start(track);
        var node = await NextAsync(peer);
        Assert.Equal(("node", 2, "OggS"), (Text(node, "source"), Number(node, "role"), Text(node, "plain")));
        Assert.Contains(node.GetProperty("tiers").GetRawText(), new[] { "[3]", "[4]", "[3, 4]" });
        var desktop = await NextAsync(peer);
        Assert.Equal(("peer", 1, 29), (Text(desktop, "source"), Number(desktop, "role"), Number(desktop, "refused")));
        Assert.Equal((true, "[2]"), (desktop.GetProperty("holds").GetBoolean(), desktop.GetProperty("tiers").GetRawText()));
        Assert.Equal(Text(node, "sha256"), Text(desktop, "sha256"));

        // Now nobody has it but the foreign peer, which can't be connected to.
        Assert.Equal("online", Text(await NextAsync(peer), "source"));
        await HoldersAsync(watcher, track, static count => count == 2);
        await holder.KillAsync();
        foreach (var storage in rough.Cluster.Storage)
            await storage.KillAsync();

        await HoldersAsync(watcher, track, static count => count == 1);
        var taker = await LoggedInAsync("foreign2", "anna");
        var play = await taker.PlayAsync(track);

        Assert.Equal((true, 12L * 48_000), (play.Ended, play.Samples));
        Assert.Equal((Number(node, "bytes"), play.Bytes.Total), (play.Bytes.Peers, play.Bytes.Peers));
        peer.StandardInput.Close();
        var served = await NextAsync(peer);
        Assert.True(Number(served, "connections") > 0 && Number(served, "chunks") > 0, served.GetRawText());
        await peer.WaitForExitAsync();
        Assert.Equal(0, peer.ExitCode);
    }

    private static string Text(JsonElement said, string name) => said.GetProperty(name).GetString()!;

    private static long Number(JsonElement said, string name) => said.GetProperty(name).GetInt64();

    /// <summary>What it says next; fails with what it wrote to standard error when it has ended instead.</summary>
    private static async Task<JsonElement> NextAsync(Process peer)
    {
        if (await peer.StandardOutput.ReadLineAsync() is { } line)
            return JsonDocument.Parse(line).RootElement;

        Assert.Fail(await peer.StandardError.ReadToEndAsync());
        return default;
    }

    /// <summary>Waits until the tracker tells of so many holders.</summary>
    private static Task HoldersAsync(RawListener watcher, TrackId track, Func<int, bool> enough) =>
        Eventually.TrueAsync(async () => enough((await watcher.OpenAsync(track)).Peers.Count), "the tracker knows");

    private Process Start(TrackId track)
    {
        DebianPackage.Require("python3-grpcio");
        DebianPackage.Require("python3-cryptography");
        var descriptor = rough.Cluster.Work["access_point.pb"];
        File.WriteAllBytes(descriptor, AccessPointReflection.Descriptor.SerializedData.ToByteArray());
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", "peer.py");
        string[] arguments =
        [
            script, descriptor, rough.Cluster.AccessPoint.EndPoint, "bertil", track.ToString(),
        ];
        var start = Programs.Prepare("/usr/bin/python3", arguments, TestCluster.Password);
        start.Environment["GRPC_VERBOSITY"] = "NONE";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return Process.Start(start)!;
    }

    private async Task<ClusterDesktop> LoggedInAsync(string name, string account)
    {
        var desktop = await rough.Cluster.DesktopAsync(name);
        await desktop.TellAsync("login", account);
        return desktop;
    }
}
