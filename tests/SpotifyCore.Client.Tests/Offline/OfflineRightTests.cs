using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Offline;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>For how long what is kept plays without the access point, whatever happens to the device's clock.</summary>
public sealed class OfflineRightTests : IDisposable
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly TempDirectory _directory = new();
    private readonly ShiftedClock _time = new();
    private readonly DeviceKey _device;
    private OfflineRight _right;

    public OfflineRightTests()
    {
        _device = DeviceKey.LoadOrCreate(_directory["device"]);
        _right = Open();
    }

    public void Dispose()
    {
        _device.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refusal_AfterTheRightHasRunOut_StandsUntilTheDeviceIsInTouch(bool restarts)
    {
        _right.Begin("ann", Month);
        _time.Advance(Month - TimeSpan.FromMilliseconds(1));
        Assert.Equal("", Reopened(restarts).Refusal());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("30 days", Reopened(restarts).Refusal(), StringComparison.Ordinal);
        Assert.True(_right.IsClockSound());

        _right.Begin("ann", Month);
        Assert.Equal("", Reopened(restarts).Refusal());
        Assert.Equal(_time.GetUtcNow() + Month, _right.Until);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refusal_ClockSetBack_StandsUntilTheDeviceIsInTouch(bool restarts)
    {
        _right.Begin("ann", Month);
        _time.Advance(TimeSpan.FromDays(20));
        Assert.Equal("", _right.Refusal());

        _time.SetBack(TimeSpan.FromDays(10));
        Assert.Contains("set back", Reopened(restarts).Refusal(), StringComparison.Ordinal);
        Assert.False(_right.IsClockSound());

        // It is the time that counts, and not that it was set back once.
        _right.Begin("ann", Month);
        Assert.Equal("", Reopened(restarts).Refusal());
        Assert.True(_right.IsClockSound());
    }

    [Fact]
    public void Refusal_ClockSetBackBeforeTheDeviceWasInTouch_StandsThere()
    {
        _right.Begin("ann", Month);
        _time.SetBack(TimeSpan.FromHours(1));

        Assert.Contains("set back", Reopened(true).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_ClockCorrectedByMinutes_IsNone()
    {
        _right.Begin("ann", Month);
        _time.SetBack(TimeSpan.FromMinutes(2));

        Assert.Equal("", Reopened(true).Refusal());
    }

    [Fact]
    public void Note_WhileTimePasses_LeavesNothingToBeHadBySettingTheClockBackAfterAKill()
    {
        _right.Begin("ann", Month);
        for (var minutes = 0; minutes < 120; minutes += 10)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            _right.Note();
        }

        _time.SetBack(TimeSpan.FromMinutes(30));
        Assert.Contains("set back", Reopened(true).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void End_OfThePlan_SaysWhyOverARestartToo()
    {
        _right.Begin("ann", Month);
        _right.End("ann", "The Free plan keeps nothing offline: Premium does.");

        Assert.Equal("The Free plan keeps nothing offline: Premium does.", Reopened(true).Refusal());
        Assert.Equal("ann", _right.Account);
    }

    [Fact]
    public void Open_FileAlteredOrOfAnotherDevice_HasNoRight()
    {
        _right.Begin("ann", Month);
        var bytes = File.ReadAllBytes(_directory["right"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_directory["right"], bytes);

        Assert.Equal(("", null), (Reopened(true).Account, _right.Until));
        Assert.Contains("Nothing tells", _right.Refusal(), StringComparison.Ordinal);

        _right.Begin("ann", Month);
        using var other = DeviceKey.LoadOrCreate(_directory["other"]);
        var copied = new OfflineRight(_directory["right"], "http://a", other, _time, NullLogger.Instance);
        Assert.Null(copied.Until);
        Assert.Contains("Nothing tells", copied.Refusal(), StringComparison.Ordinal);
        var elsewhere = new OfflineRight(_directory["right"], "http://b", _device, _time, NullLogger.Instance);
        Assert.Null(elsewhere.Until);
        Assert.Contains("Nothing tells", elsewhere.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_NothingEverSaid_IsThatNothingTells()
    {
        Assert.Contains("Nothing tells", _right.Refusal(), StringComparison.Ordinal);
        Assert.False(_right.IsUnreadable || _right.IsEnded);
    }

    [Fact]
    public void Refusal_FileThatTheDiskDoesNotGive_StandsAndItIsKnownThatItIsThere()
    {
        Directory.CreateDirectory(_directory["right"]);

        Assert.Contains("Nothing tells", _right.Refusal(), StringComparison.Ordinal);
        Assert.True(_right.IsUnreadable);
    }

    [Fact]
    public void Begin_CannotBeWritten_Throws()
    {
        var right = new OfflineRight(
            Path.Combine(_directory["device"], "right"), "http://a", _device, _time, NullLogger.Instance);

        Assert.Throws<IOException>(() => right.Begin("ann", Month));
    }

    [Fact]
    public void Refusal_ClockHeldBackWhileTimePasses_Stands()
    {
        _right.Begin("ann", Month);
        _time.Run(TimeSpan.FromMinutes(9));
        Assert.Equal("", _right.Refusal());

        _time.Run(TimeSpan.FromMinutes(9));
        Assert.Contains("set back", _right.Refusal(), StringComparison.Ordinal);
    }

    private OfflineRight Reopened(bool restarts) => restarts ? _right = Open() : _right;

    /// <summary>A clock that stands, and is set.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2031, 5, 4, 3, 2, 1, TimeSpan.Zero);
        private long _run;

        public void Advance(TimeSpan by) => _now += by;

        public void SetBack(TimeSpan by) => _now -= by;

        /// <summary>Time passes, and the clock is held where it is.</summary>
        public void Run(TimeSpan time) => _run += time.Ticks;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _run;
    }

    private OfflineRight Open() => new(_directory["right"], "http://a", _device, _time, NullLogger.Instance);
}
