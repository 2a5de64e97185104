using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerStutterTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CaptureOutput _output;
    private readonly PlayerRig _rig;

    public PlayerStutterTests()
    {
        _output = new CaptureOutput(_clock);
        _rig = new PlayerRig(_output, time: _clock);
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void FeedRunsDry_LaterThanTheOutput_IsOneStutterOfThatLength()
    {
        var play = StarveAfter(3, out var sounding);

        _clock.Advance(sounding + TimeSpan.FromMilliseconds(250));
        _rig.Allow(play, uint.MaxValue);
        _rig.WaitForEnd(play);

        var stutter = Assert.Single(_rig.Events.OfType<PlayerEvent.Stuttered>());
        Assert.InRange(stutter.Length, TimeSpan.FromMilliseconds(249.9), TimeSpan.FromMilliseconds(250.1));
        Assert.Equal(TestTracks.Long.Pcm, _output.Samples());
    }

    [Theory]
    [InlineData(-200)]
    [InlineData(0)]
    [InlineData(9)]
    public void FeedRunsDry_TheOutputHardlyDoes_IsNone(int dryMilliseconds)
    {
        var play = StarveAfter(3, out var sounding);

        _clock.Advance(sounding + TimeSpan.FromMilliseconds(dryMilliseconds));
        _rig.Allow(play, uint.MaxValue);
        _rig.WaitForEnd(play);

        Assert.DoesNotContain(_rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void FeedRunsDry_Twice_AreTwo()
    {
        var play = StarveAfter(3, out var sounding);
        _clock.Advance(sounding + TimeSpan.FromMilliseconds(20));
        _rig.Allow(play, 6);
        _output.WaitFor(TestTracks.Long.SamplesIn(6));
        _rig.Settle();

        _clock.Advance(TimeSpan.FromSeconds(10));
        _rig.Allow(play, uint.MaxValue);
        _rig.WaitForEnd(play);

        Assert.Equal(2, _rig.Events.Count(e => e is PlayerEvent.Stuttered));
    }

    [Fact]
    public void FeedRunsDry_WhilePaused_IsNone()
    {
        var play = StarveAfter(3, out _);
        _rig.Player.Pause();
        _rig.Settle();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _rig.Allow(play, uint.MaxValue);
        _rig.Player.Resume();

        _rig.WaitForEnd(play);

        Assert.DoesNotContain(_rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Stop_WhileDry_CountsTheSilence()
    {
        var play = StarveAfter(3, out var sounding);
        _clock.Advance(sounding + TimeSpan.FromMilliseconds(100));

        _rig.Player.Stop();
        _rig.WaitForEnd(play);

        var stutter = Assert.Single(_rig.Events.OfType<PlayerEvent.Stuttered>());
        Assert.InRange(stutter.Length.TotalMilliseconds, 99.9, 100.1);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("seek")]
    [InlineData("skip")]
    [InlineData("fail")]
    public void FeedRunsDry_UntilSomethingElseEndsTheSilence_IsOneStutter(string end)
    {
        var track = _rig.Take(TestTracks.Long, allowed: 3);
        var play = _rig.Sound(track);
        var samples = TestTracks.Long.SamplesIn(3);
        _output.WaitFor(samples);
        _rig.Settle();
        _clock.Advance(AudioFormat.DurationOf(samples) + TimeSpan.FromMilliseconds(100));
        _rig.Settle();
        _rig.WaitFor<PlayerEvent.SilenceChanged>(e => e.Play == play && e.IsSilent);

        switch (end)
        {
            case "pause":
                _rig.Player.Pause();
                break;
            case "seek":
                _rig.Player.Seek(play, 0);
                break;
            case "skip":
                _rig.Sound(_rig.Take(TestTracks.Short));
                break;
            default:
                track.Feed.Fail("Nobody has it.");
                break;
        }

        var stutter = _rig.WaitFor<PlayerEvent.Stuttered>();
        Assert.Equal(play, stutter.Play);
        Assert.InRange(stutter.Length.TotalMilliseconds, 99.9, 100.1);
    }

    [Fact]
    public void FeedRunsDry_SilenceIsToldAsItBeginsAndEnds()
    {
        var play = StarveAfter(3, out var sounding);
        Assert.DoesNotContain(_rig.Events, e => e is PlayerEvent.SilenceChanged);

        _clock.Advance(sounding + TimeSpan.FromMilliseconds(250));
        _rig.Settle();
        _rig.WaitFor<PlayerEvent.SilenceChanged>(e => e.IsSilent);
        _rig.Allow(play, uint.MaxValue);
        _rig.WaitForEnd(play);

        Assert.Equal([true, false], _rig.Events.OfType<PlayerEvent.SilenceChanged>().Select(e => e.IsSilent));
    }

    [Fact]
    public void Seek_ToWhatIsNotHere_IsASilenceAndNoStutter()
    {
        var play = StarveAfter(3, out _);

        _rig.Player.Seek(play, TestTracks.Long.Manifest.Samples / 2);
        _rig.WaitFor<PlayerEvent.SilenceChanged>(e => e.IsSilent);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _rig.Allow(play, uint.MaxValue);
        _rig.WaitForEnd(play);

        Assert.DoesNotContain(_rig.Events, e => e is PlayerEvent.Stuttered);
        Assert.Equal([true, false], _rig.Events.OfType<PlayerEvent.SilenceChanged>().Select(e => e.IsSilent));
    }

    [Fact]
    public void FeedRunsDry_ResumesOnlyWithTheRebuffer()
    {
        // At 320 kbps a chunk is 400 ms: with 500 ms wanted, one is too little and two are enough.
        var track = TestTrack.Encode(TestMusic.Piece(6 * 48_000), bitsPerSecond: 320_000);
        var options = new PlayerOptions
        {
            Loudness = LoudnessMode.Off, DecodeAheadMilliseconds = 1_000, RebufferMilliseconds = 500,
        };
        var output = new CaptureOutput(_clock);
        using var rig = new PlayerRig(output, options, _clock);
        var play = rig.Sound(rig.Take(track, allowed: 2));
        var before = track.SamplesIn(2);
        output.WaitFor(before);
        rig.Settle();
        _clock.Advance(TimeSpan.FromSeconds(5));

        // A chunk is taken when all before it is decoded: had the third alone been enough, some of it would be out.
        var withThreeDecoded = -1;
        rig.Heard = e => withThreeDecoded = e is PlayerEvent.Advanced { NextChunk: 4 } && withThreeDecoded < 0
            ? output.Count : withThreeDecoded;
        rig.Allow(play, 3);
        rig.WaitFor<PlayerEvent.Advanced>(e => e.NextChunk == 3);
        rig.Allow(play, 4);
        output.WaitFor(track.SamplesIn(4));

        Assert.Equal(before, withThreeDecoded);
        Assert.Single(rig.Events.OfType<PlayerEvent.Stuttered>());
    }

    [Fact]
    public void NullOutput_WholeTrack_TakesItsDurationWithoutAStutter()
    {
        var clock = new ManualTimeProvider { AutoAdvance = true };
        var start = clock.GetTimestamp();
        using var output = new NullOutput(TimeSpan.FromMilliseconds(200), clock);
        using var rig = new PlayerRig(output, time: clock);

        rig.Sound(rig.Take(TestTracks.Long));
        rig.WaitFor<PlayerEvent.Drained>();

        var duration = TestTracks.Long.Manifest.Duration;
        Assert.InRange(clock.GetElapsedTime(start), duration, duration + TimeSpan.FromMilliseconds(5));
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered);
    }

    [Fact]
    public void Drained_RealTimeOutput_ComesWhenAllIsHeard()
    {
        var play = _rig.Sound(_rig.Take(TestTracks.Short));
        _rig.WaitForEnd(play);
        Assert.DoesNotContain(_rig.Events, e => e is PlayerEvent.Drained);

        _clock.AdvanceToNextTimer();
        _rig.WaitFor<PlayerEvent.Drained>();

        Assert.Equal(0, _output.Pending);
        Assert.Equal(1, _output.Drains);
    }

    private Content.Identity.PlayId StarveAfter(uint chunks, out TimeSpan sounding)
    {
        var play = _rig.Sound(_rig.Take(TestTracks.Long, allowed: chunks));
        var samples = TestTracks.Long.SamplesIn(chunks);
        _output.WaitFor(samples);
        _rig.Settle();
        sounding = AudioFormat.DurationOf(samples);
        return play;
    }
}
