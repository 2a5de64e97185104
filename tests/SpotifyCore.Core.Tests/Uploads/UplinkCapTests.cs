using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Core.Tests.Uploads;

public sealed class UplinkCapTests
{
    private readonly UploadOptions _uploads = new();
    private Instant _now = new(TimeSpan.TicksPerDay);

    [Theory]
    [InlineData(50_000)]
    [InlineData(125_000)]
    [InlineData(1_250_000)]
    [InlineData(12_500_000)]
    public void Measured_BusyLine_SettlesBelowWhatItBears(double line)
    {
        var cap = new UplinkCap(_uploads);
        Upload(cap, line, TimeSpan.FromSeconds(40));
        var sent = Upload(cap, line, TimeSpan.FromSeconds(60));

        Assert.InRange(sent / line, 0.65, 0.97);
    }

    [Fact]
    public void Measured_LineGetsSlower_FollowsIt()
    {
        var cap = new UplinkCap(_uploads);
        Upload(cap, 1_250_000, TimeSpan.FromSeconds(40));
        Upload(cap, 125_000, TimeSpan.FromSeconds(10));

        Assert.InRange(cap.BytesPerSecond, 80_000, 125_000 * _uploads.Uplink.Growth);
    }

    [Fact]
    public void Fixed_AnyLine_IsNeverExceeded()
    {
        var cap = new UplinkCap(_uploads);
        _uploads.MaxBytesPerSecond = 20_000;

        Assert.InRange(Upload(cap, 1_250_000, TimeSpan.FromSeconds(60)), 19_000, 20_500);
    }

    [Theory]
    [InlineData(50_000_000, 0.010)]
    [InlineData(16_384, 1.001)]
    public void NextAt_HeldBack_IsWhenTheNextIsSavedUpAndNotAtOnce(int bytesPerSecond, double seconds)
    {
        var cap = new UplinkCap(_uploads);
        _uploads.MaxBytesPerSecond = bytesPerSecond;
        Assert.True(cap.MayGive(_now));
        Assert.Equal(Instant.Never, cap.NextAt(_now));
        while (cap.MayGive(_now))
            cap.Begin(_now);

        // The first is free: a chunk may always be saved up; with the second the rate owes one.
        cap.Begin(_now);
        Assert.Equal(seconds, (cap.NextAt(_now) - _now).TotalSeconds, precision: 3);
    }

    [Fact]
    public void Measured_NobodyAsks_StaysWhereItWas()
    {
        var cap = new UplinkCap(_uploads);
        _now += TimeSpan.FromHours(1);

        Assert.True(cap.MayGive(_now));
        Assert.Equal(_uploads.Uplink.FirstBytesPerSecond, cap.BytesPerSecond);
    }

    [Fact]
    public void NoteDelay_AboveTheTarget_BacksOffOnceAWindow()
    {
        var cap = new UplinkCap(_uploads);
        Upload(cap, 1_250_000, TimeSpan.FromSeconds(20));
        cap.NoteDelay(TimeSpan.FromMilliseconds(20), _now);
        var before = cap.BytesPerSecond;
        _now += _uploads.Uplink.Window;

        for (var i = 0; i < 5; i++)
            cap.NoteDelay(TimeSpan.FromMilliseconds(220), _now);

        Assert.Equal(before * _uploads.Uplink.BackOff, cap.BytesPerSecond, precision: 0);
    }

    [Fact]
    public void NoteDelay_OfALineThatIsSlowAtRest_MeansNothing()
    {
        var cap = new UplinkCap(_uploads);
        for (var i = 0; i < 100; i++)
            cap.NoteDelay(TimeSpan.FromMilliseconds(400 + (i % 7)), _now += _uploads.Uplink.Window);

        Assert.Equal(_uploads.Uplink.FirstBytesPerSecond, cap.BytesPerSecond);
    }

    [Fact]
    public void NoteDelay_ForEver_NeverFallsBelowTheLeast()
    {
        var cap = new UplinkCap(_uploads);
        cap.NoteDelay(TimeSpan.Zero, _now);
        for (var i = 0; i < 100; i++)
            cap.NoteDelay(TimeSpan.FromSeconds(3), _now += _uploads.Uplink.Window);

        Assert.Equal(_uploads.Uplink.LeastBytesPerSecond, cap.BytesPerSecond);
    }

    [Fact]
    public void End_OfChunksThatOthersHeldUp_SaysNothingOfTheLine()
    {
        var cap = new UplinkCap(_uploads);
        Upload(cap, 1_250_000, TimeSpan.FromSeconds(20));
        var before = cap.BytesPerSecond;
        for (var i = 0; i < 60; i++)
        {
            // One whose taker is known to be slow, one that took longer than the least cap would.
            Assert.True(cap.MayGive(_now));
            cap.Begin(_now);
            cap.Begin(_now);
            var began = _now;
            _now += TimeSpan.FromSeconds(5);
            cap.End(Manifest.ChunkSize, since: _now, _now);
            cap.End(Manifest.ChunkSize, began, _now);
        }

        Assert.Equal(before, cap.BytesPerSecond);
    }

    [Fact]
    public void IsDelayed_LineAboveItsTarget_IsUntilThatIsOld()
    {
        var cap = new UplinkCap(_uploads);
        cap.NoteDelay(TimeSpan.FromMilliseconds(20), _now);
        Assert.False(cap.IsDelayed(_now));
        cap.NoteDelay(TimeSpan.FromMilliseconds(130), _now);
        Assert.True(cap.IsDelayed(_now));
        Assert.False(cap.IsDelayed(_now + _uploads.Uplink.LongestWindow));
    }

    /// <summary>
    /// Gives chunks as the cap allows, up to four on their way, which leave one after the other at its pace over a line;
    /// returns bytes a second.
    /// </summary>
    private double Upload(UplinkCap cap, double line, TimeSpan span)
    {
        var (start, sent, last) = (_now, 0L, _now);
        var underWay = new Queue<(Instant Began, Instant Left)>();
        while (_now - start < span)
        {
            while (underWay.Count < 4 && cap.MayGive(_now))
            {
                cap.Begin(_now);
                last = (last > _now ? last : _now) + TimeSpan.FromSeconds(Manifest.ChunkSize / Math.Min(line, cap.Pace));
                underWay.Enqueue((_now, last));
            }

            var allowed = underWay.Count < 4 ? cap.NextAt(_now) : Instant.Never;
            if (!underWay.TryPeek(out var next) || allowed < next.Left)
            {
                _now = allowed;
                continue;
            }

            underWay.Dequeue();
            _now = next.Left;
            cap.End(Manifest.ChunkSize, next.Began, _now);
            sent += Manifest.ChunkSize;
        }

        return sent / (_now - start).TotalSeconds;
    }
}
