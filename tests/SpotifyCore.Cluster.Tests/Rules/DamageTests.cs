using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Playing;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Testing;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>A chunk that was altered where it rests is found out, and the track plays from elsewhere.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class DamageTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    private const uint Damaged = 9;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Play_AChunkAlteredInAPeersCache_PlaysFromElsewhere()
    {
        var track = rough.TrackOf(RoughCluster.PeerDamaged);
        var (reference, manifest, chunk) = await ListenFirstAsync(track);
        var desktop = await rough.Cluster.DesktopAsync("damaged");
        await desktop.TellAsync("login", "bertil");
        await desktop.PlayAsync(track);
        Assert.Equal(0, await desktop.TerminateAsync());
        DiskDamage.FlipEverywhere(Path.Combine(desktop.Data, "cache"), chunk);
        await desktop.StartAsync();
        await desktop.TellAsync("login", "bertil");
        using (var watcher = await RawListener.LogInAsync(rough.Cluster, "anna"))
        {
            await Eventually.TrueAsync(
                async () => (await watcher.OpenAsync(track)).Peers.Count > 0, "the tracker knows who holds it");
        }

        // Production is silent until the peer has given all that comes before the altered chunk.
        rough.HoldAfter(0);
        var heard = await Heard.ListenAsync(rough.Cluster, track, async client =>
        {
            const long Before = (Damaged - 1) * Manifest.ChunkSize;
            await Eventually.TrueAsync(async () => (await client.GetStatusAsync()).Play?.Bytes.Peers > Before);
            rough.Release();
        });

        AssertSame(reference, heard);
        Assert.InRange(heard.Play.Bytes.Peers, Damaged * Manifest.ChunkSize, manifest.Length - Manifest.ChunkSize);
        using var asking = await RawListener.LogInAsync(rough.Cluster, "bertil");
        Assert.Null(await asking.ReadAsync(desktop.Address, manifest, Damaged));
        Assert.Equal(0, await desktop.TerminateAsync());
    }

    [Fact]
    public async Task Play_AChunkAlteredOnAStorageNodesDisk_PlaysFromElsewhere()
    {
        var track = rough.TrackOf(RoughCluster.StorageDamaged);
        var node = rough.Cluster.Storage[0];
        rough.Relays[1].HoldAfter(0);
        var (reference, manifest, chunk) = await ListenFirstAsync(track);
        Assert.Equal(0, await node.TerminateAsync());
        DiskDamage.FlipEverywhere(Path.Combine(node.Data, "cache"), chunk);
        await node.StartAsync();

        var heard = await Heard.ListenAsync(rough.Cluster, track);

        rough.Release();
        AssertSame(reference, heard);
        Assert.InRange(heard.Play.Bytes.Production, Damaged * Manifest.ChunkSize, manifest.Length - Manifest.ChunkSize);
        Assert.InRange(heard.Play.Bytes.Master, Manifest.ChunkSize, manifest.Length);
    }

    [Fact]
    public async Task Play_AChunkAlteredOnAMastersDisk_PlaysFromTheOtherOwner()
    {
        var track = rough.TrackOf(RoughCluster.MasterDamaged);
        using var asking = await RawListener.LogInAsync(rough.Cluster, "bertil");
        var manifest = RawListener.ManifestOf(await asking.OpenAsync(track));
        var owner = rough.Cluster.OwnersOf(manifest.File)[0];
        var chunk = await asking.ReadAsync(owner.Address, manifest, Damaged);
        DiskDamage.FlipEverywhere(Path.Combine(owner.Data, "vault"), chunk);
        Assert.Null(await asking.ReadAsync(owner.Address, manifest, Damaged));

        var heard = await Heard.ListenAsync(rough.Cluster, track);

        output.WriteLine($"{heard.Play}");
        Assert.Equal((true, manifest.Length), (heard.Play.Ended, heard.Play.Bytes.Master));
        Assert.InRange(heard.Sound.CorrelationWith(rough.SourceOf(RoughCluster.MasterDamaged)), 0.99, 1);
    }

    private async Task<(Heard Reference, Manifest Manifest, byte[] Chunk)> ListenFirstAsync(TrackId track)
    {
        var reference = await Heard.ListenAsync(rough.Cluster, track);
        using var asking = await RawListener.LogInAsync(rough.Cluster, "bertil");
        var manifest = RawListener.ManifestOf(await asking.OpenAsync(track));
        var chunk = await asking.ReadAsync(rough.Cluster.OwnersOf(manifest.File)[0].Address, manifest, Damaged);
        return (reference, manifest, chunk!);
    }

    private void AssertSame(Heard reference, Heard heard)
    {
        output.WriteLine($"{heard.Play}");
        Assert.True(heard.Play.Ended);
        Assert.Equal(reference.Sound.Interleaved, heard.Sound.Interleaved);
    }
}
