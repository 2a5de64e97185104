using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Tests.Neighbours;

public sealed class PeerBansTests
{
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly PeerBans _bans = new(limit: 2, TimeSpan.FromHours(1));

    [Fact]
    public void Add_BeyondTheLimit_ForgetsTheOldest()
    {
        foreach (var id in (int[])[1, 2, 2, 3])
            _bans.Add(new PeerId((UInt128)id), Now);

        Assert.Equal(2, _bans.Count);
        Assert.False(_bans.Contains(new PeerId(1), Now));
        Assert.True(_bans.Contains(new PeerId(2), Now));
        Assert.True(_bans.Contains(new PeerId(3), Now));
    }

    [Fact]
    public void Contains_LongAfterwards_IsForgiven()
    {
        _bans.Add(new PeerId(1), Now);

        Assert.True(_bans.Contains(new PeerId(1), Now + TimeSpan.FromMinutes(59)));
        Assert.False(_bans.Contains(new PeerId(1), Now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Remove_Remembered_IsForgiven()
    {
        _bans.Add(new PeerId(1), Now);
        _bans.Remove(new PeerId(1));

        Assert.False(_bans.Contains(new PeerId(1), Now));
    }
}
