using SpotifyCore.Playback.Output;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

/// <summary>How seldom the player's thread wakes.</summary>
public sealed class PlayerSleepTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Play_RealTimeOutput_WakesAFewTimesASecondAndNeverStutters()
    {
        const int Wakes = 40;
        using var output = new NullOutput(AudioOutputs.NullBuffer, _clock);
        using var rig = new PlayerRig(output, time: _clock);
        rig.Sound(rig.Take(TestTrack.Encode(TestMusic.Piece(6 * 48_000))));
        var began = _clock.GetTimestamp();

        for (var i = 0; i < Wakes; i++)
            _clock.AdvanceToNextTimer();

        Assert.InRange(_clock.GetElapsedTime(began).TotalSeconds, Wakes / 12.0, Wakes / 8.0);
        Assert.DoesNotContain(rig.Events, static e => e is PlayerEvent.Stuttered or PlayerEvent.SilenceChanged);
    }

    [Fact]
    public async Task Seek_WhileTheOutputIsFull_SoundsAtOnce()
    {
        using var output = new NullOutput(AudioOutputs.NullBuffer, _clock);
        using var rig = new PlayerRig(output, time: _clock);
        var track = rig.Take(TestTrack.Encode(TestMusic.Piece(6 * 48_000)));
        var play = rig.Sound(track);
        _clock.AdvanceToNextTimer();
        rig.WaitFor<PlayerEvent.Sounding>();
        var sought = _clock.GetTimestamp();

        rig.Player.Seek(play, 3 * 48_000);

        // No time passes: the card is flushed and filled with what comes after.
        rig.WaitFor<PlayerEvent.Advanced>(static e => e.Position >= 3 * 48_000);
        await Eventually.TrueAsync(() => output.Pending >= AudioFormat.SampleRate / 5);
        Assert.Equal(sought, _clock.GetTimestamp());
    }
}
