using SpotifyCore.Content.Time;
using SpotifyCore.Core.Playing;

namespace SpotifyCore.Core.Tests.Playing;

public sealed class SoundPositionTests
{
    private const long Second = 48_000;

    private Instant _now = new(TimeSpan.TicksPerHour);

    [Fact]
    public void Sample_WhileItMoves_GoesOnWithTheClock()
    {
        var position = At(10 * Second, isMoving: true);

        _now += TimeSpan.FromMilliseconds(500);

        Assert.Equal(10.5 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void Sample_ReportThatIsLate_CountsFromWhenItWasTrue()
    {
        var position = new SoundPosition(isPaced: true);
        var said = _now;
        _now += TimeSpan.FromMilliseconds(250);

        position.Set(Second, said, isMoving: true);

        Assert.Equal(1.25 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void Sample_WhilePlayerSaysNothing_GoesOnForTwoSecondsAtMost()
    {
        var position = At(0, isMoving: true);

        _now += TimeSpan.FromMinutes(5);

        Assert.Equal(2 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void Sample_BeforeItSounds_IsNegativeAndComesToItsStart()
    {
        var position = At(-Second, isMoving: true);
        Assert.Equal(-Second, position.SampleAt(_now));

        _now += TimeSpan.FromSeconds(1);

        Assert.Equal(0, position.SampleAt(_now));
    }

    [Fact]
    public void Hold_WhileItMoves_StandsWhereItHasCome()
    {
        var position = At(0, isMoving: true);
        _now += TimeSpan.FromMilliseconds(300);

        position.Hold(_now);
        _now += TimeSpan.FromSeconds(10);

        Assert.Equal(0.3 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void GoOn_AfterAHold_GoesOnFromThere()
    {
        var position = At(0, isMoving: true);
        _now += TimeSpan.FromMilliseconds(300);
        position.Hold(_now);
        _now += TimeSpan.FromSeconds(10);

        position.GoOn(_now);
        _now += TimeSpan.FromMilliseconds(200);

        Assert.Equal(0.5 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void GoOn_WhileItMoves_LosesNothing()
    {
        var position = At(0, isMoving: true);
        _now += TimeSpan.FromMilliseconds(300);

        position.GoOn(_now);

        Assert.Equal(0.3 * Second, position.SampleAt(_now));
    }

    [Fact]
    public void Sample_OfAnOutputThatKeepsNoTime_IsWhereThePlayerSays()
    {
        var position = new SoundPosition(isPaced: false);
        position.Set(Second, _now, isMoving: true);

        _now += TimeSpan.FromSeconds(1);

        Assert.Equal(Second, position.SampleAt(_now));
    }

    [Fact]
    public void Correct_ALittleBehindWhatWasShown_StandsUntilTheSoundIsThere()
    {
        var position = At(0, isMoving: true);
        _now += TimeSpan.FromSeconds(1);
        Assert.Equal(Second, position.SampleAt(_now));

        position.Correct(Second - 4_800, _now, isMoving: true, _now);

        Assert.Equal(Second, position.SampleAt(_now));
        _now += TimeSpan.FromMilliseconds(150);
        Assert.Equal(Second + 2_400, position.SampleAt(_now));
    }

    [Theory]
    [InlineData(-Second)]
    [InlineData(2)]
    [InlineData(Second)]
    public void Correct_AheadOrFarBehind_IsWhereThePlayerSays(long difference)
    {
        var position = At(10 * Second, isMoving: false);

        position.Correct(10 * Second + difference, _now, isMoving: false, _now);

        Assert.Equal(10 * Second + difference, position.SampleAt(_now));
    }

    [Fact]
    public void Set_BehindWhatWasShown_IsThere()
    {
        var position = At(Second, isMoving: false);

        position.Set(Second - 2, _now, isMoving: false);

        Assert.Equal(Second - 2, position.SampleAt(_now));
    }

    private SoundPosition At(long sample, bool isMoving)
    {
        var position = new SoundPosition(isPaced: true);
        position.Set(sample, _now, isMoving);
        return position;
    }
}
