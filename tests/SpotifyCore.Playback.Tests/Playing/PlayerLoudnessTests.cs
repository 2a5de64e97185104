using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerLoudnessTests
{
    private static readonly LoudnessLevel Album = new(-3.25f, 0.9f);

    [Theory]
    [InlineData(LoudnessMode.Off, 1f)]
    [InlineData(LoudnessMode.Track, 0.473151f)]
    [InlineData(LoudnessMode.Album, 0.687860f)]
    public void Start_Mode_GivesTheComputedLevel(LoudnessMode mode, float factor)
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output, new PlayerOptions { Loudness = mode });

        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Long, album: Album)));

        AssertScaled(TestTracks.Long.Pcm, output.Samples(), factor);
    }

    [Fact]
    public void Start_GainBeyondThePeak_IsLimited()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output, new PlayerOptions());
        var track = TestTrack.Encode(TestMusic.Piece(48_000), gain: 20, peak: 0.5f);

        rig.WaitForEnd(rig.Sound(rig.Take(track)));

        AssertScaled(track.Pcm, output.Samples(), 2);
    }

    [Fact]
    public void SetNext_OtherLevel_ChangesOnTheSeam()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output, new PlayerOptions());
        var next = rig.Take(TestTrack.Encode(TestMusic.Piece(48_000), gain: 0, peak: 1));
        rig.Player.Start(rig.Take(TestTracks.Short));
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(new(2));

        rig.WaitForEnd(next.Play);

        var heard = output.Samples();
        AssertScaled(TestTracks.Short.Pcm, heard[..(70_001 * 2)], 0.473151f);
        Assert.Equal(TestTrack.Encode(TestMusic.Piece(48_000)).Pcm, heard[(70_001 * 2)..]);
    }

    [Fact]
    public void Loudness_ChangedWhilePlaying_GlidesWithin20Milliseconds()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 3));
        var before = TestTracks.Long.SamplesIn(3);
        output.WaitFor(before);

        rig.Player.Loudness = LoudnessMode.Track;
        rig.Allow(play, uint.MaxValue);
        rig.WaitForEnd(play);

        Assert.Equal(LoudnessMode.Track, rig.Player.Loudness);
        var (source, heard) = (TestTracks.Long.Pcm, output.Samples());
        Assert.Equal(source[..(before * 2)], heard[..(before * 2)]);
        AssertScaled(source[((before + 960) * 2)..], heard[((before + 960) * 2)..], 0.473151f);
        AssertGlides(source, heard, before);
    }

    [Theory]
    [InlineData(0, 0f)]
    [InlineData(50, 0.125f)]
    [InlineData(100, 1f)]
    public void Volume_SetBefore_IsTheCubeOfItsShareOfTheLevel(int percent, float factor)
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output, new PlayerOptions { Loudness = LoudnessMode.Track });
        rig.Player.Volume = percent;

        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Long)));

        Assert.Equal(percent, rig.Player.Volume);
        AssertScaled(TestTracks.Long.Pcm, output.Samples(), 0.473151f * factor);
    }

    [Fact]
    public void Volume_ChangedWhilePlaying_GlidesAndStaysForTheNext()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 3));
        var before = TestTracks.Long.SamplesIn(3);
        output.WaitFor(before);

        rig.Player.Volume = 50;
        var next = rig.Take(TestTracks.Short);
        rig.Player.SetNext(next);
        rig.Allow(play, uint.MaxValue);
        rig.WaitForEnd(next.Play);

        var heard = output.Samples();
        var seam = TestTracks.Long.Pcm.Length;
        Assert.Equal(TestTracks.Long.Pcm[..(before * 2)], heard[..(before * 2)]);
        AssertScaled(TestTracks.Long.Pcm[((before + 960) * 2)..], heard[((before + 960) * 2)..seam], 0.125f);
        AssertScaled(TestTracks.Short.Pcm, heard[seam..], 0.125f);
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Player.Volume = 101);
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Player.Volume = -1);
    }

    private static void AssertGlides(float[] source, float[] heard, int from)
    {
        var last = 1.0;
        for (var i = from * 2; i < (from + 960) * 2; i++)
        {
            if (Math.Abs(source[i]) < 0.01)
                continue;

            var factor = heard[i] / source[i];
            Assert.InRange(factor, 0.4731, last + 0.0001);
            last = factor;
        }

        Assert.InRange(last, 0.4731, 0.48);
    }

    private static void AssertScaled(float[] source, float[] heard, float factor)
    {
        Assert.Equal(source.Length, heard.Length);
        for (var i = 0; i < source.Length; i++)
            Assert.Equal(source[i] * factor, heard[i], tolerance: 0.000_001f);
    }
}
