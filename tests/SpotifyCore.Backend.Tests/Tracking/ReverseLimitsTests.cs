using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tests.Tracking;

public sealed class ReverseLimitsTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerDay);
    private static readonly PeerId Asker = new(1);

    private readonly ReverseOptions _options = new() { PerAsker = 3, PerPeer = 4, PerPeerAndAccount = 3, Remembered = 8 };
    private readonly ReverseLimits _limits;

    public ReverseLimitsTests() => _limits = new ReverseLimits(_options);

    [Fact]
    public void TryPass_Self_IsRefused() => Assert.False(TryPass(Asker, Asker, Start));

    [Fact]
    public void TryPass_SamePeer_WaitsForThePause()
    {
        Assert.True(TryPass(Asker, new PeerId(2), Start));
        Assert.False(TryPass(Asker, new PeerId(2), Start + (_options.SamePause / 2)));
        Assert.True(TryPass(Asker, new PeerId(2), Start + _options.SamePause));
    }

    [Fact]
    public void TryPass_ManyOfOneAsker_WaitForTheInterval()
    {
        for (var peer = 2; peer < 2 + _options.PerAsker; peer++)
            Assert.True(TryPass(Asker, new PeerId((UInt128)peer), Start));

        Assert.False(TryPass(Asker, new PeerId(99), Start));
        Assert.True(TryPass(new PeerId(98), new PeerId(99), Start));
        Assert.True(TryPass(Asker, new PeerId(99), Start + _options.Interval));
    }

    [Fact]
    public void TryPass_ManyForOnePeer_WaitForTheInterval()
    {
        for (var asker = 2; asker < 2 + _options.PerPeer; asker++)
            Assert.True(TryPass(new PeerId((UInt128)asker), Asker, Start));

        Assert.False(TryPass(new PeerId(99), Asker, Start));
        Assert.True(TryPass(new PeerId(99), Asker, Start + _options.Interval));
    }

    [Fact]
    public void TryPass_ManyOfOneAccountForOnePeer_LeaveTheRestToOthers()
    {
        for (var asker = 2; asker < 2 + _options.PerPeerAndAccount; asker++)
            Assert.True(_limits.TryPass(7, new PeerId((UInt128)asker), Asker, Start));

        Assert.False(_limits.TryPass(7, new PeerId(98), Asker, Start));
        Assert.True(_limits.TryPass(8, new PeerId(99), Asker, Start));
        Assert.True(_limits.TryPass(7, new PeerId(98), Asker, Start + _options.Interval));
    }

    [Fact]
    public void Forget_Client_LeavesNothing()
    {
        TryPass(Asker, new PeerId(2), Start);

        _limits.Forget(Asker);
        _limits.Forget(new PeerId(2));

        Assert.Equal(0, _limits.Clients);
    }

    // Each client of an account of its own.
    private bool TryPass(PeerId asker, PeerId peer, Instant at) => _limits.TryPass((long)asker.Value, asker, peer, at);
}
