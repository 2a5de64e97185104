using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A play that has nobody but slow peers, beside those that promise and stay silent.</summary>
public sealed class SlowPeerTests
{
    // A chunk takes 4 s: longer than who is not known may be silent.
    private static readonly ClientSpec Slow = new() { UpBytesPerSecond = 4_000 };
    private static readonly ClientSpec Silent = new() { Lies = LieKind.EndlessPromises };

    private readonly Stage _stage = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 4)]
    public void Play_NobodyButSlowPeers_TheyAreLeftTheTimeTheyTake(int slow, int silent)
    {
        var track = _stage.AddTrack(15);
        for (var i = 0; i < slow; i++)
            _stage.AddHolder(track, Slow);

        for (var i = 0; i < silent; i++)
            _stage.World.AccessPoint.Announce(_stage.AddPeer(Silent), track);

        _stage.GoOnline();

        Assert.True(_stage.Play(track).IsComplete);
    }

    [Fact]
    public void Play_OnlyPeerIsSlow_NothingIsTakenBackFromIt()
    {
        var track = _stage.AddTrack(15);
        _stage.AddHolder(track, Slow);
        _stage.GoOnline();

        var play = _stage.Play(track);

        Assert.Equal(0, play.Claimed.Redirected);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(Tier.Peers));
    }
}
