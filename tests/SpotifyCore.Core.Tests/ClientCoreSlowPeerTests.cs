using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tests.World;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Core.Tests;

/// <summary>A play that has nobody but slow peers, beside those that promise and stay silent.</summary>
public sealed class ClientCoreSlowPeerTests
{
    private static readonly PlayId One = new(1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 4)]
    public void Play_NobodyButSlowPeers_TheyAreLeftTheTimeTheyTake(int slow, int silent)
    {
        var world = new NetWorld();
        for (var i = 0; i < silent; i++)
            world.AddPeer().IsSilent = true;

        // A chunk takes 4 s: longer than who is not known may be silent.
        for (var i = 0; i < slow; i++)
            world.AddPeer().BytesPerSecond = 4_000;

        world.Choose(One, world.AddTrack(1, seconds: 15));

        Assert.True(world.RunToEnd(One));
        Assert.Empty(world.Failures);
    }

    [Fact]
    public void Play_OnlyPeerIsSlow_NothingIsCancelled()
    {
        var world = new NetWorld();
        world.AddPeer().BytesPerSecond = 2_000;
        world.Choose(One, world.AddTrack(1, seconds: 15));
        world.Clock.Run(TimeSpan.FromSeconds(1));

        Assert.True(world.Clock.RunUntil(
            () => world.Statistics(One).Fetched(Tier.Peers) > 0, TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain(world.Wire.Sent, sent => sent.Message.Kind == PeerMessageKind.Cancel);
    }
}
