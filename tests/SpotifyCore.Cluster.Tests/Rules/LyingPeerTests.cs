using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Playing;
using SpotifyCore.Content.Identity;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>A peer that lies is found out, and playback does not notice.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class LyingPeerTests(RoughCluster rough, ITestOutputHelper output) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Play_APeerGivesWrongBytes_PlaysFromElsewhere()
    {
        var track = rough.TrackOf(RoughCluster.LiedAbout);

        var heard = await ListenToALiarAsync(track);

        Assert.Equal((true, 0L), (heard.Play.Ended, heard.Play.Bytes.Peers));
        var undisturbed = await Heard.ListenAsync(rough.Cluster, track);
        Assert.Equal(undisturbed.Sound.Interleaved, heard.Sound.Interleaved);
        Assert.InRange(heard.Sound.CorrelationWith(rough.SourceOf(RoughCluster.LiedAbout)), 0.99, 1);
    }

    private async Task<Heard> ListenToALiarAsync(TrackId track)
    {
        await using var liar = await LyingPeer.StartAsync(rough.Cluster, track);

        // Production is silent until the liar has been listened to.
        rough.HoldAfter(0);
        var listening = Heard.ListenAsync(rough.Cluster, track);
        await Eventually.TrueAsync(() => Task.FromResult(liar.Lies > 0));
        rough.Release();
        var heard = await listening;
        output.WriteLine($"{heard.Play}, {liar.Lies} lies");
        return heard;
    }
}
