using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Tells the listener how far each track has come and how it ended, and knows which of them the output was given last. For
/// the player's thread.
/// </summary>
/// <param name="inbox">Forgets what is over.</param>
/// <param name="output">What is handed out to.</param>
/// <param name="listener">Whom to tell.</param>
/// <param name="silence">Stutters that end with their track.</param>
/// <param name="time">The clock.</param>
internal sealed class VoiceReports(
    PlayerInbox inbox, IAudioOutput output, IPlayerListener listener, SilenceWatch silence, TimeProvider time)
{
    private const int Every = AudioFormat.SampleRate;

    private PlayId _sounding;
    private long _lastHandOver;
    private int _unreported;

    /// <summary>True when the output was given samples of this play last.</summary>
    public bool IsSounding(PlayId play) => _sounding == play;

    /// <summary>The output is given samples of the current track, now.</summary>
    public void BeginHandOver() => _lastHandOver = time.GetTimestamp();

    /// <summary>It was given so many per channel: tells of the first, and once a second.</summary>
    public void EndHandOver(TrackVoice voice, int samples)
    {
        var isFirst = voice.HandedOut == samples;
        _sounding = voice.Track!.Play;
        silence.SetSilent(_sounding, false);
        if (isFirst)
            listener.Sounding(_sounding, _lastHandOver);

        _unreported += samples;
        if (isFirst || _unreported >= Every)
            Advanced(voice, isCurrent: true);
    }

    /// <summary>Tells how far a track has come.</summary>
    public void Advanced(TrackVoice voice, bool isCurrent)
    {
        var track = voice.Track!;
        var heard = voice.Position;
        if (isCurrent)
        {
            _unreported = 0;
            heard -= output.Pending;
        }

        listener.Advanced(track.Play, voice.Epoch, track.Feed.Next, heard);
    }

    /// <summary>A stutter of the track that sounds, if there is one, ends here.</summary>
    public void EndStutter(PlayId play)
    {
        if (_sounding == play)
            silence.Report(play);
    }

    /// <summary>A track is over, of which the output was or will be given so many samples per channel.</summary>
    public void Ended(TrackVoice voice, long samples, PlayEnd end)
    {
        var track = voice.Track!;
        inbox.Forget(track);
        listener.Ended(track.Play, samples, end, LastOf(voice));
    }

    /// <summary>A track can't go on.</summary>
    public void Failed(TrackVoice voice)
    {
        var track = voice.Track!;
        inbox.Forget(track);
        listener.Failed(track.Play, voice.Failure!.Value, voice.FailureReason, LastOf(voice));
    }

    /// <summary>A track can't go on as the output can't.</summary>
    public void OutputFailed(TrackVoice voice, string reason)
    {
        var track = voice.Track!;
        inbox.Forget(track);
        listener.Failed(track.Play, PlayFailure.Output, reason, time.GetTimestamp());
    }

    // What was handed over last is another's where this one never sounded, as after a seek to its end.
    private long LastOf(TrackVoice voice) => voice.HandedOut > 0 ? _lastHandOver : time.GetTimestamp();
}
