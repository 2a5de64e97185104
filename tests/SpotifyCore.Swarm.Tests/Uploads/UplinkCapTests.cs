using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Swarm.Tests.Uploads;

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

        Assert.InRange(cap.BytesPerSecond, 80_000, 125_000);
    }

    [Fact]
    public void Fixed_AnyLine_IsNeverExceeded()
    {
        var cap = new UplinkCap(_uploads);
        _uploads.MaxBytesPerSecond = 20_000;

        Assert.InRange(Upload(cap, 1_250_000, TimeSpan.FromSeconds(60)), 19_000, 20_500);
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

    /// <summary>Gives chunk after chunk, as the cap allows, over a line; returns bytes a second.</summary>
    private double Upload(UplinkCap cap, double line, TimeSpan span)
    {
        var (start, sent) = (_now, 0L);
        while (_now - start < span)
        {
            if (!cap.MayGive(_now))
            {
                _now = cap.NextAt(_now);
                continue;
            }

            cap.Begin(_now);
            _now += TimeSpan.FromSeconds(Manifest.ChunkSize / line);
            cap.End(Manifest.ChunkSize, idle: true, _now);
            sent += Manifest.ChunkSize;
        }

        return sent / (_now - start).TotalSeconds;
    }
}
