using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerCrossfadeTests
{
    private const int Second = 48_000;
    private const float Level = 0.473151f; // -6.5 dB

    private static readonly float[] Long = TestTracks.Long.Pcm;

    private static readonly PlayerOptions Levelled = new() { Loudness = LoudnessMode.Track };

    [Fact]
    public void Crossfade_LevelledTracks_FadeWithEqualPower()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output, Levelled);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);

        var (first, next) = PlayTwo(rig);

        AssertMixed(Crossfaded(2 * Second, Level, share => MathF.SinCos(share * MathF.PI / 2)), output.Samples());
        Assert.Equal((TestTracks.Long.Manifest.Samples, PlayEnd.Complete), (first.Samples, first.End));
        Assert.Equal((TestTracks.Long.Manifest.Samples, PlayEnd.Complete), (next.Samples, next.End));
    }

    [Fact]
    public void Crossfade_WherePeaksWouldPassFullScale_FadesWithEqualGain()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);

        PlayTwo(rig);

        AssertMixed(Crossfaded(2 * Second, 1, share => (share, 1 - share)), output.Samples());
    }

    [Fact]
    public void Crossfade_TracksOfOneAlbum_FollowOnTheSample()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);

        PlayTwo(rig, isSeamless: true);

        Assert.Equal([.. Long, .. Long], output.Samples());
    }

    [Fact]
    public void Crossfade_LongerThanHalfATrack_IsHalfOfIt()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = Player.LongestCrossfade;
        var (first, brief) = (rig.Take(TestTracks.Long), rig.Take(TestTracks.Short));

        Play(rig, first, brief);

        var half = (int)TestTracks.Short.Manifest.Samples / 2;
        Assert.Equal((Long.Length + TestTracks.Short.Pcm.Length - (2 * half)) / 2, output.Count);
        var from = Long.Length - (2 * half);
        Assert.Equal(Long[..from], output.Samples()[..from]);
    }

    [Fact]
    public void Crossfade_RealTimeOutput_TheNextIsCurrentFromWhereItRises()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);

        var (first, next) = PlayTwo(rig);

        var sounding = rig.Events.FindIndex(e => e is PlayerEvent.Sounding sounds && sounds.Play == next.Play);
        Assert.InRange(rig.Events.IndexOf(first), 0, sounding);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Failed);
    }

    [Fact]
    public void Crossfade_NextComesLate_IsOfWhatIsLeft()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = TimeSpan.FromSeconds(4);
        var first = rig.Take(TestTracks.Long, allowed: TestTracks.Long.Manifest.ChunkCount - 1);
        var heard = TestTracks.Long.SamplesIn(TestTracks.Long.Manifest.ChunkCount - 1);
        rig.Sound(first);
        output.WaitFor(heard);

        var next = rig.Take(TestTracks.Long);
        rig.Player.SetNext(next);
        rig.Allow(first.Play, uint.MaxValue);
        rig.WaitForEnd(next.Play);

        var overlap = (int)TestTracks.Long.Manifest.Samples - heard;
        Assert.InRange(overlap, 1, 4 * Second);
        AssertMixed(Crossfaded(overlap, 1, share => (share, 1 - share)), output.Samples());
    }

    [Fact]
    public void TakeBack_OfTheTrackThatRises_WhatFadesOutIsHeardToItsEnd()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);
        var (first, next) = (rig.Take(TestTracks.Long), rig.Take(TestTracks.Long, allowed: 1));
        var rises = TestTracks.Long.SamplesIn(1);

        // The next has one chunk, which is less than what fades out.
        rig.Sound(first);
        rig.Player.SetNext(next);
        rig.WaitForEnd(first.Play);
        output.WaitFor((int)TestTracks.Long.Manifest.Samples - (2 * Second) + rises);
        rig.Player.TakeBack(next.Play);
        output.WaitFor((int)TestTracks.Long.Manifest.Samples);
        rig.Settle();

        Assert.Equal(TestTracks.Long.Manifest.Samples, output.Count);
        var (fading, heard) = (Long[^2000..], output.Samples()[^2000..]);
        for (var i = 0; i < fading.Length; i++)
            Assert.Equal(fading[i] * (1000 - (i / 2)) / (2 * Second), heard[i], 1e-5f);
    }

    [Fact]
    public void Crossfade_NothingMoreComesOfTheTrackThatRises_WhatFadesOutIsNoStutter()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);
        var (first, next) = (rig.Take(TestTracks.Long), rig.Take(TestTracks.Long, allowed: 1));

        rig.Sound(first);
        rig.Player.SetNext(next);
        output.WaitFor((int)TestTracks.Long.Manifest.Samples);
        rig.Settle();
        rig.Allow(next.Play, uint.MaxValue);
        rig.WaitForEnd(next.Play);

        // What it has not given while the other faded out, it gives behind that.
        Assert.InRange(output.Count, (2 * Long.Length / 2) - (2 * Second), 2 * Long.Length / 2);
        Assert.Equal(Long[^1000..], output.Samples()[^1000..]);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Seek_InTheTrackThatRises_WhatFadesOutIsOver()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        rig.Player.Crossfade = TimeSpan.FromSeconds(2);
        var (first, next) = (rig.Take(TestTracks.Long), rig.Take(TestTracks.Long));
        rig.Heard = occurred =>
        {
            if (occurred is PlayerEvent.Sounding sounding && sounding.Play == next.Play)
                rig.Player.Seek(next.Play, 10 * Second);
        };

        rig.Sound(first);
        rig.Player.SetNext(next);
        rig.WaitForEnd(next.Play);

        // One and a half seconds behind a seek the sound is that of an uninterrupted decode.
        var rest = Long[(12 * Second * 2)..];
        Assert.Equal(rest, output.Samples()[^rest.Length..]);
    }

    [Fact]
    public void Crossfade_OutOfRange_IsRefused()
    {
        using var rig = new PlayerRig(new CaptureOutput());

        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Player.Crossfade = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Player.Crossfade = TimeSpan.FromSeconds(13));
        Assert.Equal(TimeSpan.Zero, rig.Player.Crossfade);
    }

    private static (PlayerEvent.Ended First, PlayerEvent.Ended Next) PlayTwo(PlayerRig rig, bool isSeamless = false)
    {
        var (first, next) = (rig.Take(TestTracks.Long), rig.Take(TestTracks.Long) with { IsSeamless = isSeamless });
        return Play(rig, first, next);
    }

    private static (PlayerEvent.Ended First, PlayerEvent.Ended Next) Play(
        PlayerRig rig, PlayableTrack first, PlayableTrack next)
    {
        rig.Player.Start(first);
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(first.Play);
        return (rig.WaitForEnd(first.Play), rig.WaitForEnd(next.Play));
    }

    /// <summary>The long track, and again, of which so many samples sound together.</summary>
    private static float[] Crossfaded(int overlap, float level, Func<float, (float Up, float Down)> gains)
    {
        var mixed = new float[(2 * Long.Length) - (2 * overlap)];
        var from = Long.Length - (2 * overlap);
        for (var i = 0; i < mixed.Length; i++)
        {
            var (up, down) = i < from ? (0, 1) : i < Long.Length ? gains((float)((i - from) / 2) / overlap) : (1, 0);
            var (fading, rising) = (i < Long.Length ? Long[i] : 0, i < from ? 0 : Long[i - from]);
            mixed[i] = ((fading * down) + (rising * up)) * level;
        }

        return mixed;
    }

    private static void AssertMixed(float[] expected, float[] heard)
    {
        Assert.Equal(expected.Length, heard.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], heard[i], 1e-5f);
    }
}
