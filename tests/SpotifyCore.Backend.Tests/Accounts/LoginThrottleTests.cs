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
    public void Try_AfterAQuietWhile_Forgets()
    {
        for (var i = 0; i < 30; i++)
            Fail("ann", Home, Start);

        Assert.Equal(TimeSpan.Zero, Fail("ann", Home, Start + LoginThrottle.Memory + TimeSpan.FromTicks(1)));
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
    public void End_NothingFailed_LeavesNothing(LoginOutcome outcome)
    {
        Assert.Equal(TimeSpan.Zero, Try("ann", Home, outcome, Start));

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
