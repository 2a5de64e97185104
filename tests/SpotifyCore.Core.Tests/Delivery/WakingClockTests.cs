using SpotifyCore.Content.Time;
using SpotifyCore.Core.Delivery;

namespace SpotifyCore.Core.Tests.Delivery;

public sealed class WakingClockTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerDay);

    private readonly WakingClock _clock = new(new ClientCoreOptions().SleepAfter);

    [Theory]
    [InlineData(4.9, false)] // A busy machine is no sleep.
    [InlineData(5.1, true)]
    [InlineData(8 * 3600, true)]
    public void TakeIn_AfterTheWakeThatWasAskedFor_IsASleepOnceItIsLateEnough(double late, bool expected)
    {
        Assert.False(_clock.TakeIn(Start, out _));
        _clock.WakeAt = Start + TimeSpan.FromSeconds(1);
        var woken = _clock.WakeAt + TimeSpan.FromSeconds(late);

        Assert.Equal(expected, _clock.TakeIn(woken, out var now));
        Assert.Equal(expected ? Start : woken, now);
        Assert.Equal(woken, _clock.ToRuntime(now));
    }

    [Fact]
    public void TakeIn_NoWakeAskedFor_IsNoSleepHoweverLate()
    {
        _clock.TakeIn(Start, out _);

        Assert.False(_clock.TakeIn(Start + TimeSpan.FromDays(1), out _));
    }
}
