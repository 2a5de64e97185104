using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerGaplessTests
{
    [Fact]
    public void SetNext_PieceCutInTwo_JoinsOnTheSample()
    {
        var source = TestTracks.LongSource;
        const int Cut = ((9 * 48_000) + 777) * 2;
        var first = TestTrack.Encode(source.AsSpan(0, Cut));
        var second = TestTrack.Encode(source.AsSpan(Cut));
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);

        var next = rig.Take(second);
        rig.Player.Start(rig.Take(first));
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(new PlayId(2));
        rig.WaitForEnd(next.Play);

        var heard = output.Samples();
        Assert.Equal(source.Length, heard.Length);
        Assert.Equal([.. first.Pcm, .. second.Pcm], heard);
        AssertSeamIsNoWorse(source, heard, Cut);
    }

    [Fact]
    public void SetNext_RealTimeOutput_HandsTheNextOverWithoutPause()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var next = rig.Take(TestTracks.Short);

        var play = rig.Sound(rig.Take(TestTracks.Short));
        rig.Player.SetNext(next);
        rig.WaitForEnd(next.Play);

        var ended = rig.WaitForEnd(play).Timestamp;
        Assert.Equal(ended, rig.WaitFor<PlayerEvent.Sounding>(e => e.Play == next.Play).Timestamp);
        Assert.Equal([.. TestTracks.Short.Pcm, .. TestTracks.Short.Pcm], output.Samples());
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void SetNext_ChangedBeforeItSounds_TheLastOnePlays()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var first = rig.Take(TestTracks.Long, allowed: 3);
        var dropped = rig.Take(TestTracks.Long);
        var next = rig.Take(TestTracks.Short);

        rig.Sound(first);
        rig.Player.SetNext(dropped);
        output.WaitFor(TestTracks.Long.SamplesIn(3));
        rig.Player.TakeBack(dropped.Play);
        rig.Player.SetNext(next);
        rig.Allow(first.Play, uint.MaxValue);
        rig.WaitForEnd(next.Play);

        var end = rig.WaitForEnd(dropped.Play);
        Assert.Equal((0, PlayEnd.Stopped), (end.Samples, end.End));
        Assert.Equal([.. TestTracks.Long.Pcm, .. TestTracks.Short.Pcm], output.Samples());
    }

    [Fact]
    public void TakeBack_OnceItSounds_WhatIsSaidThenFollows()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var first = rig.Take(TestTracks.Short);
        var dropped = rig.Take(TestTracks.Long, allowed: 3);
        var next = rig.Take(TestTracks.Short);

        rig.Sound(first);
        rig.Player.SetNext(dropped);
        output.WaitFor((int)TestTracks.Short.Manifest.Samples + TestTracks.Long.SamplesIn(3));
        rig.Player.TakeBack(dropped.Play);
        rig.Player.SetNext(next);
        rig.WaitForEnd(next.Play);

        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(dropped.Play).End);
        Assert.Equal(TestTracks.Short.Pcm, output.Samples()[^TestTracks.Short.Pcm.Length..]);
    }

    [Fact]
    public async Task SetNext_AfterTheEnd_SoundsAtOnce()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Short)));

        // All was handed over, none of it is heard yet: still in time for a join.
        var next = rig.Take(TestTracks.Short);
        rig.Player.SetNext(next);
        rig.WaitForEnd(next.Play);
        Assert.Equal(2 * 70_001, output.Pending);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Drained or PlayerEvent.Stuttered);
        await rig.AdvanceUntilDrainedAsync(clock);

        // Late by a minute: a pause between tracks is no stutter.
        clock.Advance(TimeSpan.FromMinutes(1));
        var late = rig.Take(TestTracks.Short);
        rig.Player.SetNext(late);
        rig.WaitForEnd(late.Play);
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
        Assert.Equal(3 * 70_001, output.Count);
    }

    [Fact]
    public void SetNext_ManyShortTracks_NoSampleTooManyOrTooFew()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        int[] lengths = [1, 500, 7_000, 30, 960, 48_000, 2];
        var tracks = lengths.Select(length => TestTrack.Encode(TestMusic.Piece(length, seed: length))).ToArray();
        var upcoming = new Queue<PlayableTrack>(tracks.Select(track => rig.Take(track)));
        var last = upcoming.Last().Play;
        rig.Heard = e =>
        {
            if (e is PlayerEvent.Sounding && upcoming.TryDequeue(out var next))
                rig.Player.SetNext(next);
        };

        rig.Sound(upcoming.Dequeue());
        rig.WaitForEnd(last);

        Assert.Equal(tracks.SelectMany(track => track.Pcm), output.Samples());
    }

    private static void AssertSeamIsNoWorse(short[] source, float[] heard, int cut)
    {
        const int Window = 480 * 2;
        var worst = 0.0;
        for (var at = Window * 10; at < source.Length - (Window * 10); at += Window)
        {
            if (Math.Abs(at - cut) > Window * 10)
                worst = Math.Max(worst, Error(source, heard, at, Window));
        }

        for (var at = cut - (4 * Window); at < cut + (4 * Window); at += Window / 4)
            Assert.InRange(Error(source, heard, at, Window), 0, worst);
    }

    private static double Error(short[] source, float[] heard, int start, int length)
    {
        var sum = 0.0;
        for (var i = start; i < start + length; i++)
        {
            var difference = heard[i] - (source[i] / 32_768.0);
            sum += difference * difference;
        }

        return Math.Sqrt(sum / length);
    }
}
