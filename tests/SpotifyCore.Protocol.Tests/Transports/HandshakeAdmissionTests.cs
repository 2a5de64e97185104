using System.Net;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
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
    public void TryArrive_FullOfWholeHellos_TheOldestOfThemGoes()
    {
        var heard = Enumerable.Range(1, 6).Select(Heard).ToArray();

        var late = Silent(9);

        // The first two have slots.
        Assert.Equal(
            [false, false, true, false, false, false],
            heard.Select(static pending => pending.Ending.IsCancellationRequested));
        Assert.Equal(HandshakeStage.Silent, late.Stage);
    }

    [Fact]
    public void TryArrive_FullOfOneAddressThatSpeaks_NobodyElseGoesHoweverSilent()
    {
        var others = new[] { Silent(2), Speaking(3) };
        var crowd = Enumerable.Range(0, 100).Select(_ => Speaking(1)).ToArray();

        Assert.Equal([HandshakeStage.Silent, HandshakeStage.Speaking], others.Select(static other => other.Stage));
        Assert.Equal(2, crowd.Count(static pending => pending.Stage == HandshakeStage.Speaking));
    }

    [Fact]
    public void TryArrive_FullOfManyWithWholeHellos_OneMoreOfTheirsGoesForAnother()
    {
        for (var i = 0; i < 6; i++)
            Heard(1 + (i % 3));

        var late = Heard(9);
        Assert.Equal(HandshakeStage.Ready, late.Stage);

        // The next slot is his: his address has none.
        _clock.Advance(_options.ContendedHandshakeTimeout + TimeSpan.FromMilliseconds(1));
        Assert.Equal(HandshakeStage.UnderWay, late.Stage);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnySequence_WhoHasLessThanItsShareGetsInAndStays(int seed)
    {
        const int Networks = 5;
        (_options.MaxWaitingHandshakes, _options.MaxConcurrentHandshakes) = (20, 4);
        var random = new Random(seed);
        for (var step = 0; step < 4_000; step++)
        {
            // Low numbers come far more often.
            var host = (int)(Networks * random.NextDouble() * random.NextDouble());
            var before = _made.Where(IsWaiting).ToArray();
            if (random.Next(2) == 0)
                GoOn(before, random);
            else
                Arrive(before, host, _options.MaxWaitingHandshakes / Networks);

            Assert.InRange(_made.Count(IsWaiting), 0, _options.MaxWaitingHandshakes);
            Assert.InRange(_made.Count(static pending => pending.Stage == HandshakeStage.UnderWay), 0, 4);
        }
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
    public void Leave_ACrowdOfManyAddressesComesAgainAndAgain_TheSlotGoesToWhoHasOneConnection()
    {
        _options.MaxWaitingHandshakes = 100;
        var first = Heard(1);
        Heard(2);
        for (var i = 0; i < 20; i++)
            Heard(10 + (i % 10));
        var one = Heard(9);
        for (var i = 0; i < 10; i++)
            Heard(10 + i);

        _admission.Leave(first);

        Assert.True(one.Turn.Task.IsCompleted);
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
    public void Advance_ManyWait_SlotsAreTakenBackOneAfterAnother()
    {
        (_options.MaxWaitingHandshakes, _options.MaxConcurrentHandshakes) = (20, 4);
        for (var i = 0; i < 4; i++)
            Heard(i);
        for (var i = 0; i < 8; i++)
            Heard(10 + i);

        _clock.Advance(_options.ContendedHandshakeTimeout + TimeSpan.FromMilliseconds(1));
        var late = Heard(20);
        Assert.False(late.Turn.Task.IsCompleted);

        // All slots are held by those that came at once: he waits for the next of them, and not for a second.
        _clock.Advance(TimeSpan.FromMilliseconds(260));
        Assert.True(late.Turn.Task.IsCompleted);
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

    private static bool IsWaiting(PendingHandshake pending) => pending.Stage < HandshakeStage.UnderWay;

    private void Arrive(PendingHandshake[] before, int host, int share)
    {
        var arrived = Silent(host);

        Assert.Equal(HandshakeStage.Silent, arrived.Stage);
        foreach (var gone in before.Where(static pending => pending.Stage == HandshakeStage.Over))
            Assert.True(before.Count(other => other.Network == gone.Network) >= share);
        Assert.InRange(before.Count(static pending => pending.Stage == HandshakeStage.Over), 0, 1);
    }

    private void GoOn(PendingHandshake[] waiting, Random random)
    {
        if (waiting.Length == 0)
            return;

        var chosen = waiting[random.Next(waiting.Length)];
        if (random.Next(4) == 0)
            _admission.Leave(chosen);
        else if (chosen.Stage == HandshakeStage.Silent)
            _admission.Heard(chosen);
        else if (chosen.Stage == HandshakeStage.Speaking && !_admission.TryAdmit(chosen))
            _admission.Leave(chosen);
        else
            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
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
