using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerControlTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(300, -1)]
    [InlineData(5_000, 200)]
    public void New_OptionsOutOfRange_AreRefused(int ahead, int rebuffer)
    {
        var options = new PlayerOptions { DecodeAheadMilliseconds = ahead, RebufferMilliseconds = rebuffer };

        Assert.Throws<ArgumentException>(() => new PlayerRig(new CaptureOutput(), options));
    }

    [Fact]
    public void Start_GateClosed_DecodesAheadButSoundsNothing()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = rig.Take(TestTracks.Long);

        rig.Player.Start(track);
        rig.WaitFor<PlayerEvent.Advanced>(e => e.NextChunk > 0);
        rig.Player.BeginSounding(new PlayId(77));
        rig.Settle();
        Assert.Equal(0, output.Count);
        Assert.InRange(track.Feed.Next, 1u, 3u);

        rig.Player.BeginSounding(track.Play);
        rig.WaitForEnd(track.Play);
        Assert.Equal(TestTracks.Long.Pcm, output.Samples());
    }

    [Fact]
    public void Sounding_FirstPcm_IsToldOnceWithTheTimeItWasHandedOver()
    {
        var clock = new ManualTimeProvider();
        using var rig = new PlayerRig(new CaptureOutput(clock), time: clock);
        var track = rig.Take(TestTracks.Short);
        rig.Player.Start(track);
        rig.WaitFor<PlayerEvent.Advanced>();
        clock.Advance(TimeSpan.FromMilliseconds(80));
        var begun = clock.GetTimestamp();

        rig.Player.BeginSounding(track.Play);
        rig.WaitForEnd(track.Play);

        Assert.Equal(begun, Assert.Single(rig.Events.OfType<PlayerEvent.Sounding>()).Timestamp);
    }

    [Fact]
    public void Start_WhilePlaying_EndsTheOldAndDropsWhatIsPending()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var old = rig.Take(TestTracks.Long, allowed: 3);
        var oldNext = rig.Take(TestTracks.Long);
        rig.Sound(old);
        rig.Player.SetNext(oldNext);
        var before = TestTracks.Long.SamplesIn(3);
        output.WaitFor(before);

        var play = rig.Sound(rig.Take(TestTracks.Short));
        rig.WaitForEnd(play);

        var ended = rig.WaitForEnd(old.Play);
        Assert.Equal((PlayEnd.Stopped, (long)before), (ended.End, ended.Samples));
        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(oldNext.Play).End);
        Assert.Equal(TestTracks.Short.Pcm, output.Samples()[(before * 2)..]);
        Assert.Equal(70_001, output.Pending);
    }

    [Fact]
    public void Pause_ThenResume_LosesNoSample()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 3));
        var before = TestTracks.Long.SamplesIn(3);
        output.WaitFor(before);

        rig.Player.Pause();
        rig.Player.Pause();
        rig.Settle();
        rig.Allow(play, uint.MaxValue);
        clock.Advance(TimeSpan.FromHours(1));
        rig.Settle();
        Assert.Equal(before, output.Count);
        rig.Player.Resume();
        rig.Player.Resume();
        rig.WaitForEnd(play);

        Assert.Equal(TestTracks.Long.Pcm, output.Samples());
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Stop_WhilePlaying_EndsAndIsSilent()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 2));
        var next = rig.Take(TestTracks.Short);
        rig.Player.SetNext(next);
        output.WaitFor(TestTracks.Long.SamplesIn(2));

        rig.Player.Stop();
        rig.WaitFor<PlayerEvent.Drained>();
        rig.Allow(play, uint.MaxValue);
        rig.Settle();

        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(play).End);
        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(next.Play).End);
        Assert.Equal(TestTracks.Long.SamplesIn(2), output.Count);
    }

    // What was played may be remembered for long; the memory of its window goes to the next.
    [Fact]
    public void Stop_TracksGiven_HoldNoChunksAndTakeNone()
    {
        using var rig = new PlayerRig(new CaptureOutput());
        var track = rig.Take(TestTracks.Long, allowed: 2);
        rig.Sound(track);

        rig.Player.Stop();
        rig.WaitForEnd(track.Play);
        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Short)));

        var chunk = new byte[Manifest.ChunkSize];
        track.Feed.Reposition(0);
        Assert.Equal(FeedStatus.Empty, track.Feed.TryTake(1, chunk, out _));
        Assert.False(track.Feed.Offer(0, chunk.AsSpan(0, TestTracks.Long.Manifest.LengthOf(0))));
    }

    [Fact]
    public void Dispose_WhilePlaying_EndsThePlayAndReturns()
    {
        var rig = new PlayerRig(new CaptureOutput());
        var play = rig.Sound(rig.Take(TestTracks.Long, allowed: 2));

        rig.Dispose();
        rig.Dispose();

        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(play).End);
        Assert.Throws<ObjectDisposedException>(rig.Player.Stop);
    }

    [Fact]
    public void AnyTrackGiven_EndsOrFailsExactlyOnce()
    {
        var random = new Random(3);
        var given = new List<PlayId>();
        var rig = new PlayerRig(new CaptureOutput());
        for (var i = 0; i < 300; i++)
        {
            var track = rig.Take(i % 2 == 0 ? TestTracks.Short : TestTracks.Long, (uint)random.Next(30));
            given.Add(track.Play);
            if (random.Next(3) == 0)
                rig.Player.Start(track);
            else
                rig.Player.SetNext(track);

            rig.Player.BeginSounding(track.Play);
            if (random.Next(4) == 0)
                rig.Player.Seek(given[random.Next(Math.Max(0, i - 2), i + 1)], random.Next(1_200_000));

            if (random.Next(9) == 0)
                rig.Player.Stop();
        }

        rig.Dispose();

        Assert.Equal(given, rig.Events.OfType<PlayerEvent.Ended>().Select(e => e.Play).OrderBy(play => play.Value));
    }
}
