using SpotifyCore.Content.Identity;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Tests.Neighbours;

public sealed class PeerBansTests
{
    [Fact]
    public void Add_BeyondTheLimit_ForgetsTheOldest()
    {
        var bans = new PeerBans(limit: 2);
        foreach (var id in (int[])[1, 2, 2, 3])
            bans.Add(new PeerId((UInt128)id));

        Assert.Equal(2, bans.Count);
        Assert.False(bans.Contains(new PeerId(1)));
        Assert.True(bans.Contains(new PeerId(2)));
        Assert.True(bans.Contains(new PeerId(3)));
    }
}
