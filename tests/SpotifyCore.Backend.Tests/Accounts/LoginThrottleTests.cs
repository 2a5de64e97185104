using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class LoginThrottleTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerHour);
    private static readonly PeerId Device = new(7);
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly LoginThrottle _throttle = new(capacity: 1_000);

    [Fact]
    public void Try_OneNameFromManyAddresses_WaitsDouble()
    {
        var now = Start;
        for (byte i = 0; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, Fail("ann", new IPAddress([10, 0, 0, i]), now));

        for (byte i = 0; i < 6; i++)
        {
            var wait = Fail("Ann", new IPAddress([10, 0, 1, i]), now);
            Assert.Equal(TimeSpan.FromSeconds(1 << i), wait);
            now += wait;
            Assert.Equal(TimeSpan.Zero, Fail("ann", new IPAddress([10, 0, 2, i]), now));
        }
    }

    [Fact]
    public void Try_ForEver_NeverWaitsLongerThanTheLongest()
    {
        var now = Start;
        for (var i = 0; i < 100; i++)
        {
            var wait = Fail("ann", Home, now);
            Assert.InRange(wait, TimeSpan.Zero, LoginThrottle.LongestWait);
            now += wait;
        }
    }

    [Fact]
    public void Try_ManyNamesFromOneAddress_Waits()
    {
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            Assert.Equal(TimeSpan.Zero, Fail($"name{i}", Home, Start));

        Assert.NotEqual(TimeSpan.Zero, Fail("last", Home, Start));
        Assert.Equal(TimeSpan.Zero, Fail("last", IPAddress.Parse("192.0.2.2"), Start));
    }

    [Fact]
    public void Try_OneIPv6Subscriber_IsOneAddress()
    {
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            Fail($"name{i}", IPAddress.Parse($"2001:db8::{i + 1:x}"), Start);

        Assert.NotEqual(TimeSpan.Zero, Fail("last", IPAddress.Parse("2001:db8::ffff:1"), Start));
        Assert.Equal(TimeSpan.Zero, Fail("last", IPAddress.Parse("2001:db8:0:1::1"), Start));
    }

    [Fact]
    public void Try_RightOne_LetsTheNameStartAnew()
    {
        for (var i = 0; i < LoginThrottle.FreePerName - 1; i++)
            Fail("ann", Home, Start);

        Assert.Equal(TimeSpan.Zero, Succeed("ANN", Home, Start));

        for (var i = 0; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, Fail("ann", Home, Start));
    }

    [Fact]
    public void End_RightOneAmongManySideBySide_NobodyWaits()
    {
        for (var i = 0; i < LoginThrottle.FreePerName + 2; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
            _throttle.End("ann", null, Home, LoginOutcome.Wrong, Start);
        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));

        _throttle.End("ann", null, Home, LoginOutcome.Right, Start);

        Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));
    }

    [Fact]
    public void Try_OwnAccountBetweenGuesses_DoesNotClearTheAddress()
    {
        var refused = false;
        for (var i = 0; i < 3 * LoginThrottle.FreePerAddress; i++)
        {
            refused |= Fail($"victim{i}", Home, Start) > TimeSpan.Zero;
            Succeed("mallory", Home, Start);
        }

        Assert.True(refused);
    }

    [Fact]
    public void Try_KnownDeviceWhileOthersGuess_IsLetInAndCountedByItself()
    {
        for (var i = 0; i < 100; i++)
            Fail("ann", Home, Start);

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", Device, Home, Start));
            _throttle.End("ann", Device, Home, LoginOutcome.Wrong, Start);
        }

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("ann", Device, Home, Start));
    }

    [Fact]
    public void Begin_SideBySide_ManyUntilOneFails()
    {
        for (var i = 0; i < LoginThrottle.MaxAtOnce; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));
        _throttle.End("ann", null, Home, LoginOutcome.Wrong, Start);
        for (var i = 1; i < LoginThrottle.MaxAtOnce / 2; i++)
            _throttle.End("ann", null, Home, LoginOutcome.Right, Start);

        Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", null, IPAddress.Parse("192.0.2.2"), Start));
    }

    [Fact]
    public void Begin_SideBySideAfterAFailure_IsBoundByTheFreeOnes()
    {
        Fail("ann", Home, Start);
        for (var i = 1; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("ann", null, Home, Start));
    }

    [Fact]
    public void Begin_OneOfAnOfficeWasWrong_TheOthersGoOnSideBySide()
    {
        Fail("ann", Home, Start);

        for (var i = 1; i < LoginThrottle.MaxAtOnce; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin($"name{i}", null, Home, Start));
        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("last", null, Home, Start));
    }

    [Fact]
    public void Begin_AllFreeOnesOfAnAddressFailed_OneAtATime()
    {
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            Fail($"name{i}", Home, Start);
        var later = Start + TimeSpan.FromSeconds(1);

        Assert.Equal(TimeSpan.Zero, _throttle.Begin("first", null, Home, later));
        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("second", null, Home, later));
    }

    [Fact]
    public void Try_OfficeThatIsWrongNowAndThen_NeverWaits()
    {
        var (now, each) = (Start, LoginThrottle.Memory / LoginThrottle.FreePerAddress);
        for (var i = 0; i < 10 * LoginThrottle.FreePerAddress; i++)
        {
            Assert.Equal(TimeSpan.Zero, Fail($"name{i}", Home, now));
            Assert.Equal(TimeSpan.Zero, Succeed($"name{i}", Home, now));
            now += each;
        }
    }

    [Fact]
    public void Try_LaterAndLater_ForgivesOneFailureAfterAnother()
    {
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
            Fail("ann", Home, Start);
        Assert.NotEqual(TimeSpan.Zero, Fail("ann", Home, Start));

        var now = Start + (LoginThrottle.Memory / LoginThrottle.FreePerName);
        Assert.Equal(TimeSpan.Zero, Fail("ann", Home, now));
        Assert.NotEqual(TimeSpan.Zero, Fail("ann", Home, now));

        now += LoginThrottle.Memory;
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, Fail("ann", Home, now));
        Assert.NotEqual(TimeSpan.Zero, Fail("ann", Home, now));
    }

    [Theory]
    [InlineData(true, LoginThrottle.FreePerName)]
    [InlineData(false, LoginThrottle.FreePerAddress)]
    public void Try_AsFastAndAsManyAtOnceAsMayBe_ADayHasFewGuesses(bool isOneName, int free)
    {
        var (now, guesses) = (Start, 0);
        while (now - Start < TimeSpan.FromDays(1))
        {
            var begun = new List<(string Name, IPAddress Address)>();
            TimeSpan wait;
            while (true)
            {
                var (name, address) = isOneName
                    ? ("ann", new IPAddress(BitConverter.GetBytes(guesses + begun.Count)))
                    : ($"name{guesses + begun.Count}", Home);
                wait = _throttle.Begin(name, null, address, now);
                if (wait > TimeSpan.Zero)
                    break;

                begun.Add((name, address));
            }

            foreach (var (name, address) in begun)
                _throttle.End(name, null, address, LoginOutcome.Wrong, now);
            guesses += begun.Count;
            now += wait;
        }

        // Those side by side, what is forgiven, and while that is not the longest waits alone hold.
        var forgiven = (int)(TimeSpan.FromDays(1) / (LoginThrottle.Memory / free));
        var slowest = (int)(TimeSpan.FromDays(1) / LoginThrottle.LongestWait);
        Assert.InRange(guesses, slowest, LoginThrottle.MaxAtOnce + Math.Max(forgiven, slowest));
    }

    [Fact]
    public void Try_ManyStrangers_StaysBounded()
    {
        for (var i = 0; i < 10_000; i++)
            Fail($"name{i}", new IPAddress(BitConverter.GetBytes(i)), Start);

        Assert.Equal(1_000, _throttle.Count);
    }

    [Fact]
    public void Try_MadeUpNamesFromAThrottledAddress_LeaveNothingAndForgetNobody()
    {
        for (var i = 0; i <= LoginThrottle.FreePerName; i++)
            Fail("ann", IPAddress.Parse("192.0.2.2"), Start);
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            Fail($"name{i}", Home, Start);

        var before = _throttle.Count;
        for (var i = 0; i < 2_000; i++)
            Assert.NotEqual(TimeSpan.Zero, Fail($"made-up{i}", Home, Start));

        Assert.Equal(before, _throttle.Count);
        Assert.NotEqual(TimeSpan.Zero, Fail("ann", IPAddress.Parse("192.0.2.3"), Start));
    }

    [Fact]
    public void Try_ThrottledNameFromManyAddresses_LeavesNoneOfThem()
    {
        for (var i = 0; i <= LoginThrottle.FreePerName; i++)
            Fail("ann", Home, Start);

        var before = _throttle.Count;
        for (byte i = 0; i < 100; i++)
            Assert.NotEqual(TimeSpan.Zero, Fail("ann", new IPAddress([10, 0, 0, i]), Start));

        Assert.Equal(before, _throttle.Count);
    }

    [Theory]
    [InlineData(LoginOutcome.Right)]
    [InlineData(LoginOutcome.NotTried)]
    public void End_NothingFailed_LeavesNothing(object outcome)
    {
        Assert.Equal(TimeSpan.Zero, Try("ann", Home, (LoginOutcome)outcome, Start));

        Assert.Equal(0, _throttle.Count);
    }

    [Fact]
    public void End_NotTried_IsNoFailureAndForgivesNone()
    {
        for (var i = 0; i < LoginThrottle.FreePerName; i++)
        {
            for (var k = 0; k < 2 * LoginThrottle.FreePerAddress; k++)
                Assert.Equal(TimeSpan.Zero, Try("ann", Home, LoginOutcome.NotTried, Start));
            Assert.Equal(TimeSpan.Zero, Fail("ann", Home, Start));
        }

        Assert.NotEqual(TimeSpan.Zero, Fail("ann", Home, Start));
    }

    private TimeSpan Fail(string name, IPAddress address, Instant now) => Try(name, address, LoginOutcome.Wrong, now);

    private TimeSpan Succeed(string name, IPAddress address, Instant now) =>
        Try(name, address, LoginOutcome.Right, now);

    private TimeSpan Try(string name, IPAddress address, LoginOutcome outcome, Instant now)
    {
        var wait = _throttle.Begin(name, null, address, now);
        if (wait == TimeSpan.Zero)
            _throttle.End(name, null, address, outcome, now);

        return wait;
    }
}
