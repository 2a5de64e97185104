using System.Net;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>Who gets a slot and who has to go, as a table of what arrives, says something, and leaves.</summary>
public sealed class HandshakeAdmissionTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<PendingHandshake> _made = [];
    private readonly TransportOptions _options = new()
    {
        MaxWaitingHandshakes = 4, MaxConcurrentHandshakes = 2, MaxHandshakesPerAddress = 3,
    };

    private readonly HandshakeAdmission _admission;

    public HandshakeAdmissionTests() => _admission = new HandshakeAdmission(_options, _clock);

    public void Dispose()
    {
        _admission.Dispose();
        _made.ForEach(static pending => pending.Dispose());
    }

    [Fact]
    public void TryArrive_Full_TheOldestSilentOneGoes()
    {
        var speaking = Speaking(1);
        var (first, second, third) = (Silent(1), Silent(2), Silent(3));

        var late = Silent(9);

        Assert.Equal(HandshakeStage.Over, first.Stage);
        Assert.True(first.Ending.IsCancellationRequested);
        Assert.Equal(
            (HandshakeStage.Speaking, HandshakeStage.Silent, HandshakeStage.Silent, HandshakeStage.Silent),
            (speaking.Stage, second.Stage, third.Stage, late.Stage));
    }

    [Fact]
    public void TryArrive_FullOfThoseThatSaidAByte_TheOldestOfThemGoes()
    {
        var speaking = Enumerable.Range(1, 4).Select(Speaking).ToArray();

        var late = Silent(9);

        Assert.Equal(HandshakeStage.Silent, late.Stage);
        Assert.True(speaking[0].Ending.IsCancellationRequested);
        Assert.False(speaking[1].Ending.IsCancellationRequested);
    }

    [Fact]
    public void TryArrive_FullOfWholeHellos_IsTurnedAway()
    {
        var heard = Enumerable.Range(1, 6).Select(Heard).ToArray();

        Assert.False(_admission.TryArrive(Make(9)));
        Assert.All(heard, static pending => Assert.False(pending.Ending.IsCancellationRequested));
    }

    [Fact]
    public void TryAdmit_SilentOnesWithoutEnd_HoldNoSlot()
    {
        for (var i = 0; i < 100; i++)
            Silent(i % 8);

        Assert.True(Heard(9).Turn.Task.IsCompleted);
        Assert.True(Heard(10).Turn.Task.IsCompleted);
    }

    [Fact]
    public void TryAdmit_OneTooManyOfItsAddress_IsTurnedAway()
    {
        var first = Heard(1);
        Heard(1);
        Heard(1);
        var fourth = Speaking(1);
        Assert.False(_admission.TryAdmit(fourth));
        _admission.Leave(fourth);

        _admission.Leave(first);
        Assert.True(_admission.TryAdmit(Speaking(1)));
    }

    [Fact]
    public void TryAdmit_SameNetworkOfIPv6_IsOneAddress()
    {
        foreach (var host in (string[])["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3"])
            Assert.True(_admission.TryAdmit(Speaking(IPAddress.Parse(host))));

        Assert.False(_admission.TryAdmit(Speaking(IPAddress.Parse("2001:db8:0:1::4"))));
        Assert.True(_admission.TryAdmit(Speaking(IPAddress.Parse("2001:db8:0:2::4"))));
    }

    [Fact]
    public void Leave_SomeWait_TheSlotGoesToTheAddressWithTheFewest()
    {
        var (first, second) = (Heard(1), Heard(1));
        var (sameAddress, other) = (Heard(1), Heard(2));

        _admission.Leave(first);
        Assert.True(other.Turn.Task.IsCompleted);
        Assert.False(sameAddress.Turn.Task.IsCompleted);

        _admission.Leave(second);
        Assert.True(sameAddress.Turn.Task.IsCompleted);
    }

    [Fact]
    public void Advance_SomebodyWaitsForASecond_TheOldestHandshakeGoesForIt()
    {
        var first = Heard(1);
        _clock.Advance(TimeSpan.FromMilliseconds(600));
        var (second, waiting) = (Heard(2), Heard(3));

        _clock.Advance(TimeSpan.FromMilliseconds(399));
        Assert.False(waiting.Turn.Task.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.True(first.Ending.IsCancellationRequested);
        Assert.False(second.Ending.IsCancellationRequested);
        Assert.True(waiting.Turn.Task.IsCompleted);
    }

    [Fact]
    public void Advance_NobodyWaits_AHandshakeMayTakeItsTime()
    {
        var (first, second) = (Heard(1), Heard(2));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(first.Ending.IsCancellationRequested || second.Ending.IsCancellationRequested);

        // One that comes then need not wait at all.
        Assert.True(Heard(3).Turn.Task.IsCompleted);
        Assert.True(first.Ending.IsCancellationRequested);
    }

    [Fact]
    public void Dispose_AllGo()
    {
        PendingHandshake[] all = [Silent(1), Speaking(2), Heard(3), Heard(4), Heard(5)];

        _admission.Dispose();

        Assert.All(all, static pending => Assert.True(pending.Ending.IsCancellationRequested));
        Assert.False(_admission.TryArrive(Make(6)));
    }

    private static IPAddress AddressOf(int host) => new([10, 0, 0, (byte)host]);

    // Patience beside the admission's own is never at an end here.
    private PendingHandshake Make(int host) => Make(AddressOf(host));

    private PendingHandshake Make(IPAddress address)
    {
        var made = new PendingHandshake(address, Timeout.InfiniteTimeSpan, _clock);
        _made.Add(made);
        return made;
    }

    private PendingHandshake Silent(int host) => Silent(AddressOf(host));

    private PendingHandshake Silent(IPAddress address)
    {
        var silent = Make(address);
        Assert.True(_admission.TryArrive(silent));
        return silent;
    }

    private PendingHandshake Speaking(int host) => Speaking(AddressOf(host));

    private PendingHandshake Speaking(IPAddress address)
    {
        var speaking = Silent(address);
        _admission.Heard(speaking);
        return speaking;
    }

    private PendingHandshake Heard(int host)
    {
        var heard = Speaking(host);
        Assert.True(_admission.TryAdmit(heard));
        return heard;
    }
}
