using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Tests.Neighbours;

public sealed class PeerSpeedTests
{
    private static Instant At(int milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds).Ticks);

    [Fact]
    public void BytesPerSecond_NeverMeasured_IsTheAssumption()
    {
        var speed = new PeerSpeed(64_000, 0.25);

        Assert.False(speed.IsMeasured);
        Assert.Equal(64_000, speed.BytesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(2), speed.TimeFor(128_000));
    }

    [Fact]
    public void Add_FirstWindow_ReplacesTheAssumption()
    {
        var speed = new PeerSpeed(64_000, 0.25);
        speed.Begin(At(0));
        speed.Add(10_000, At(50), idle: false);
        Assert.False(speed.IsMeasured);
        speed.Add(10_000, At(100), idle: false);

        Assert.True(speed.IsMeasured);
        Assert.Equal(200_000, speed.BytesPerSecond, 1);
    }

    [Fact]
    public void Add_LaterWindows_AreWeighted()
    {
        var speed = new PeerSpeed(64_000, 0.25);
        speed.Begin(At(0));
        speed.Add(10_000, At(100), idle: false);
        speed.Add(20_000, At(200), idle: false);

        Assert.Equal(125_000, speed.BytesPerSecond, 1);
    }

    [Fact]
    public void Add_ChunksOfOneRead_DoNotPassForSpeed()
    {
        var speed = new PeerSpeed(64_000, 0.25);
        speed.Begin(At(0));
        for (var i = 0; i < 8; i++)
            speed.Add(16_384, At(1), idle: i == 7);

        Assert.False(speed.IsMeasured);
    }

    [Fact]
    public void Halve_AfterSilence_DoublesTheExpectedTime()
    {
        var speed = new PeerSpeed(64_000, 0.25);
        speed.Halve();

        Assert.Equal(TimeSpan.FromSeconds(2), speed.TimeFor(64_000));
    }
}
