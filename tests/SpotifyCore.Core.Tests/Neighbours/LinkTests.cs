using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Tests.Neighbours;

public sealed class LinkTests
{
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly Link _link = new(new ConnectionId(1), isNode: false, default, new PeerSpeed(64_000, 0.25), Now)
    {
        State = LinkState.Open,
        RequestLimit = 2,
    };

    [Fact]
    public void IsUsable_CancelledRequests_TakeRoomUntilALaterAnswer()
    {
        _link.NextRequest();
        _link.Ask(100, Now);
        _link.End(100, cancelled: true, Now);
        _link.NextRequest();
        _link.Ask(100, Now);
        Assert.False(_link.IsUsable(Now));

        _link.Receive(request: 2, 100, Now);
        _link.End(0, cancelled: false, Now);
        Assert.True(_link.IsUsable(Now));
    }

    [Fact]
    public void End_StormOfCancels_PausesTheLinkAMoment()
    {
        for (var i = 0; i < 2; i++)
        {
            _link.NextRequest();
            _link.Ask(100, Now);
            _link.End(100, cancelled: true, Now);
        }

        Assert.False(_link.IsUsable(Now));
        Assert.True(_link.IsUsable(_link.PausedUntil));
        Assert.InRange(_link.PausedUntil - Now, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Refuse_AgainAndAgain_DoublesThePauseUntilItSends()
    {
        var second = TimeSpan.FromSeconds(1);
        foreach (var expected in (int[])[1, 2, 4, 5, 5])
        {
            _link.Refuse(second, 5 * second, Now);
            Assert.Equal(Now + (expected * second), _link.PausedUntil);
        }

        Assert.False(_link.IsReliable);
        _link.Receive(1, 0, Now);
        Assert.True(_link.IsReliable);
    }

    [Fact]
    public void IsUsable_PausedOrLeaving_IsNot()
    {
        _link.PausedUntil = Now + TimeSpan.FromSeconds(1);
        Assert.False(_link.IsUsable(Now));
        Assert.True(_link.IsUsable(_link.PausedUntil));

        _link.State = LinkState.Leaving;
        Assert.False(_link.IsUsable(_link.PausedUntil));
    }

    [Fact]
    public void LastProgress_AskedAfterIdling_CountsFromThere()
    {
        var later = Now + TimeSpan.FromMinutes(1);
        _link.Ask(100, later);

        Assert.Equal(later, _link.LastProgress);
        Assert.Equal((1, 100), (_link.OutstandingRequests, _link.OutstandingBytes));
    }
}
