using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class LoginThrottleTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerHour);
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly LoginThrottle _throttle = new(capacity: 1_000);

    [Fact]
    public void Begin_OneNameFromManyAddresses_WaitsDouble()
    {
        var now = Start;
        for (byte i = 0; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", new IPAddress([10, 0, 0, i]), now));

        for (byte i = 0; i < 6; i++)
        {
            var wait = _throttle.Begin("Ann", new IPAddress([10, 0, 1, i]), now);
            Assert.Equal(TimeSpan.FromSeconds(1 << i), wait);
            now += wait;
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", new IPAddress([10, 0, 2, i]), now));
        }
    }

    [Fact]
    public void Begin_ForEver_NeverWaitsLongerThanTheLongest()
    {
        var now = Start;
        for (var i = 0; i < 100; i++)
        {
            var wait = _throttle.Begin("ann", Home, now);
            Assert.InRange(wait, TimeSpan.Zero, LoginThrottle.LongestWait);
            now += wait;
        }
    }

    [Fact]
    public void Begin_ManyNamesFromOneAddress_Waits()
    {
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin($"name{i}", Home, Start));

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("last", Home, Start));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("last", IPAddress.Parse("192.0.2.2"), Start));
    }

    [Fact]
    public void Begin_OneIPv6Subscriber_IsOneAddress()
    {
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            _throttle.Begin($"name{i}", IPAddress.Parse($"2001:db8::{i + 1:x}"), Start);

        Assert.NotEqual(TimeSpan.Zero, _throttle.Begin("last", IPAddress.Parse("2001:db8::ffff:1"), Start));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("last", IPAddress.Parse("2001:db8:0:1::1"), Start));
    }

    [Fact]
    public void Succeeded_Name_StartsAnew()
    {
        for (var i = 0; i < LoginThrottle.FreePerName - 1; i++)
            _throttle.Begin("ann", Home, Start);

        _throttle.Succeeded("ANN", Home);

        for (var i = 0; i < LoginThrottle.FreePerName; i++)
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", Home, Start));
    }

    [Fact]
    public void Succeeded_OwnAccountBetweenGuesses_DoesNotClearTheAddress()
    {
        var refused = false;
        for (var i = 0; i < 3 * LoginThrottle.FreePerAddress; i++)
        {
            refused |= _throttle.Begin($"victim{i}", Home, Start) > TimeSpan.Zero;
            if (_throttle.Begin("mallory", Home, Start) == TimeSpan.Zero)
                _throttle.Succeeded("mallory", Home);
        }

        Assert.True(refused);
    }

    [Fact]
    public void Begin_AfterAQuietWhile_Forgets()
    {
        for (var i = 0; i < 30; i++)
            _throttle.Begin("ann", Home, Start);

        Assert.Equal(TimeSpan.Zero, _throttle.Begin("ann", Home, Start + LoginThrottle.Memory + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Begin_ManyStrangers_StaysBounded()
    {
        for (var i = 0; i < 10_000; i++)
            _throttle.Begin($"name{i}", new IPAddress(BitConverter.GetBytes(i)), Start);

        Assert.Equal(1_000, _throttle.Count);
    }
}
