using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerSeekTests
{
    /// <summary>
    /// After 80 ms of pre-roll (RFC 7845 4.6) the decoder still predicts from a past it did not see. These tones, which
    /// are hard on it, come out with errors of up to 0.03 of full scale at first and 0.000001 after half a second.
    /// </summary>
    private static double ToleranceAt(int samplesAfterSeek) => samplesAfterSeek switch
    {
        < 4_800 => 0.05,
        < 24_000 => 0.002,
        < 72_000 => 0.000_01,
        _ => 0,
    };

    [Fact]
    public void Seek_RandomSamples_SoundsTheSameRangeAsTheWholeDecode()
    {
        var random = new Random(5);
        var track = TestTracks.Long;
        for (var round = 0; round < 20; round++)
        {
            var sample = round switch
            {
                0 => 0,
                1 => 1,
                2 => (int)track.Manifest.Samples - 1,
                _ => random.Next((int)track.Manifest.Samples),
            };
            AssertSoundsFrom(track, sample);
        }
    }

    [Fact]
    public void Seek_PastTheEnd_EndsAtOnceAndTheNextFollows()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var first = rig.Take(TestTracks.Long);
        var next = rig.Take(TestTracks.Short);

        rig.Player.Start(first);
        Assert.True(rig.Player.Seek(first.Play, long.MaxValue / 2));
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(first.Play);
        rig.WaitForEnd(next.Play);

        Assert.Equal(0, rig.WaitForEnd(first.Play).Samples);
        Assert.Equal(TestTracks.Short.Pcm, output.Samples());
    }

    [Fact]
    public void Seek_WhileSounding_DropsWhatIsPendingAndGoesOnThere()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var track = rig.Take(TestTracks.Long, allowed: 2);
        var play = rig.Sound(track);
        var before = TestTracks.Long.SamplesIn(2);
        output.WaitFor(before);

        Assert.True(rig.Player.Seek(play, 480_000));
        rig.Allow(play, uint.MaxValue);
        var end = rig.WaitForEnd(play);

        Assert.Equal(1, output.Flushes - 1);
        Assert.Equal(TestTracks.Long.Manifest.Samples - 480_000, output.Count - before);
        Assert.Equal(output.Count, end.Samples);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Seek_NearTheEndWhileTheNextIsDecoded_KeepsTheNext()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var first = rig.Take(TestTracks.Short);
        var next = rig.Take(TestTracks.Long);
        rig.Player.Start(first);
        rig.Player.SetNext(next);
        Assert.True(rig.Player.Seek(first.Play, 60_000));
        rig.WaitFor<PlayerEvent.Advanced>(e => e.Play == next.Play);
        Assert.True(rig.Player.Seek(first.Play, 65_000));

        rig.Player.BeginSounding(first.Play);
        rig.WaitForEnd(next.Play);

        Assert.Equal(5_001 + TestTracks.Long.Manifest.Samples, output.Count);
        Assert.Equal(TestTracks.Long.Pcm, output.Samples()[(5_001 * 2)..]);
    }

    [Fact]
    public void Seek_ThePlaceIsNotThereYet_IsNoStutter()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 2));
        var before = TestTracks.Long.SamplesIn(2);
        output.WaitFor(before);

        rig.Player.Seek(play, 480_000);
        rig.WaitFor<PlayerEvent.Advanced>(e => e.Position == 480_000);
        clock.Advance(TimeSpan.FromSeconds(3));
        rig.Allow(play, uint.MaxValue);
        rig.WaitForEnd(play);

        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Seek_PositionsToldBeforeItIsTaken_AreOfTheEpochBefore()
    {
        var clock = new ManualTimeProvider();
        using var rig = new PlayerRig(new CaptureOutput(clock), time: clock);

        // Where it has begun to sound the player says where it is next, and obeys only then.
        rig.Heard = heard =>
        {
            if (heard is PlayerEvent.Sounding sounding)
                rig.Player.Seek(sounding.Play, 480_000);
        };
        var play = rig.Sound(rig.Take(TestTracks.Long));
        rig.WaitForEnd(play);

        var told = rig.Events.OfType<PlayerEvent.Advanced>().ToList();
        Assert.Contains(told, e => e is { Epoch: 1, Position: 480_000 });
        Assert.All(told, e => Assert.Equal(e.Position >= 480_000 ? 1 : 0, e.Epoch));
    }

    [Fact]
    public void Seek_PlayThatIsOverOrUnknown_IsRefused()
    {
        using var rig = new PlayerRig(new CaptureOutput());
        var play = rig.Sound(rig.Take(TestTracks.Short));
        rig.WaitForEnd(play);

        Assert.False(rig.Player.Seek(play, 0));
        Assert.False(rig.Player.Seek(new PlayId(99), 0));
    }

    private static void AssertSoundsFrom(TestTrack track, int sample)
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var taken = rig.Take(track);
        rig.Player.Start(taken);
        Assert.True(rig.Player.Seek(taken.Play, sample));
        rig.Allow(taken.Play, uint.MaxValue);
        rig.Player.BeginSounding(taken.Play);
        rig.WaitForEnd(taken.Play);

        var heard = output.Samples();
        Assert.Equal(track.Pcm.Length - (sample * 2), heard.Length);
        for (var i = 0; i < heard.Length; i++)
        {
            var difference = Math.Abs(heard[i] - track.Pcm[(sample * 2) + i]);
            if (difference > ToleranceAt(i / 2))
                Assert.Fail($"{difference} off, {i / 2} samples after a seek to {sample}");
        }
    }
}
