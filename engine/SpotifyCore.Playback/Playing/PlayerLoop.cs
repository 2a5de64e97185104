using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// The player's thread: obeys commands, decodes ahead, hands out, and waits when there is nothing to do.
/// </summary>
internal sealed class PlayerLoop : IDisposable
{
    private const int PacketsAtOnce = 4;
    private const int BlockSamples = AudioFormat.SampleRate / 50;
    private const int ReportSamples = AudioFormat.SampleRate;

    private readonly PlayerInbox _inbox;
    private readonly IAudioOutput _output;
    private readonly IPlayerListener _listener;
    private readonly TimeProvider _time;
    private readonly SilenceWatch _silence;
    private readonly OutputFilling _filling;
    private readonly OutputDraining _draining;
    private readonly PlayerSleep _sleep;
    private readonly int _rebuffer;
    private readonly float[] _block = new float[BlockSamples * AudioFormat.Channels];
    private TrackVoice _voice;
    private TrackVoice _next;
    private LoudnessMode _loudness;
    private float _volume = 1;
    private PlayId _lastHandedOut;
    private long _lastHandOver;
    private int _unreported;
    private bool _mayClose;
    private bool _maySound;
    private bool _paused;
    private bool _refill;

    public PlayerLoop(
        PlayerInbox inbox, IAudioOutput output, PlayerOptions options, IPlayerListener listener, TimeProvider time)
    {
        _inbox = inbox;
        _output = output;
        _listener = listener;
        _time = time;
        _silence = new SilenceWatch(listener, time);
        _sleep = new PlayerSleep(inbox, time);
        _filling = new OutputFilling(output, BlockSamples, _sleep, time);
        _draining = new OutputDraining(output, _sleep, time);
        _loudness = options.Loudness;
        var ahead = options.DecodeAheadMilliseconds * (AudioFormat.SampleRate / 1_000);
        _rebuffer = Math.Min(options.RebufferMilliseconds * (AudioFormat.SampleRate / 1_000), ahead);
        var codec = OpusCodecs.Select(options.Codec);
        _voice = new TrackVoice(codec, ahead);
        _next = new TrackVoice(codec, ahead);
    }

    /// <summary>Runs until a command closes the player.</summary>
    public void Run()
    {
        while (!_mayClose)
        {
            if (Obey() || Play())
                continue;

            WatchForSilence();
            _sleep.Sleep();
        }
    }

    public void Dispose()
    {
        _sleep.Dispose();
        _voice.Dispose();
        _next.Dispose();
    }

    private bool Obey()
    {
        if (!_inbox.TryTake(out var command))
            return false;

        switch (command.Kind)
        {
            case PlayerCommandKind.Start:
                StopAll();
                Load(_voice, command.Track!);
                break;
            case PlayerCommandKind.BeginSounding:
                _maySound |= _voice.Track?.Play == command.Play;
                break;
            case PlayerCommandKind.SetNext:
                SetNext(command.Track!);
                break;
            case PlayerCommandKind.TakeBack:
                TakeBack(command.Play);
                break;
            case PlayerCommandKind.Seek:
                Seek(command.Play, command.Plan, command.Epoch);
                break;
            case PlayerCommandKind.Pause:
                Pause();
                break;
            case PlayerCommandKind.Resume:
                Resume();
                break;
            case PlayerCommandKind.SetLoudness:
                SetLevel(command.Loudness, _volume);
                break;
            case PlayerCommandKind.SetVolume:
                SetLevel(_loudness, command.Volume);
                break;
            default:
                StopAll();
                _mayClose = command.Kind == PlayerCommandKind.Close;
                break;
        }

        return true;
    }

    /// <summary>Does a little of what can be done now; false when there is nothing.</summary>
    private bool Play()
    {
        var moved = DecodeSome(_voice);
        if (_voice.IsFull || _voice.IsDecoded)
            moved |= DecodeSome(_next);

        try
        {
            return HandOut() || Finish() || moved || Drain();
        }
        catch (IOException refusal)
        {
            FailOutput(refusal.Message);
            return true;
        }
    }

    private bool DecodeSome(TrackVoice voice)
    {
        var moved = false;
        for (var i = 0; i < PacketsAtOnce; i++)
        {
            var step = voice.Decode();
            if (step == VoiceStep.None)
                break;

            moved = true;
            if ((step & VoiceStep.TookChunk) != VoiceStep.None)
                Report(voice);
        }

        return moved;
    }

    private bool HandOut()
    {
        if (_paused || !_maySound || _voice.Ahead == 0 || MustRefill() || !_filling.MayWrite())
            return false;

        var play = _voice.Track!.Play;
        var first = _voice.HandedOut == 0;
        if (_lastHandedOut == play)
            _silence.Report(play);

        var block = _block.AsSpan(0, Math.Min(_voice.Ahead, BlockSamples) * AudioFormat.Channels);
        _voice.HandOut(block);
        _lastHandOver = _time.GetTimestamp();
        _output.Write(block);
        _lastHandedOut = play;
        _silence.SetSilent(play, false);
        _refill = false;
        _draining.NoteWritten();
        if (_output.IsRealTime)
            _silence.Fed(_output.Pending);

        if (first)
            _listener.Sounding(play, _lastHandOver);

        _unreported += block.Length / AudioFormat.Channels;
        if (first || _unreported >= ReportSamples)
            Report(_voice);

        return true;
    }

    /// <summary>Nothing can be done now: tells once what should sound is silent, and wakes up for that.</summary>
    private void WatchForSilence()
    {
        // After a seek silence is right, and no stutter, but silence it is.
        if (!_paused && _output.IsRealTime && _voice.Track is { Play: var play } && _lastHandedOut == play)
            _sleep.AtMost(_silence.Watch(play, atOnce: _refill));
    }

    // A dry output is not fed a crumb at a time.
    private bool MustRefill() =>
        _output.IsRealTime && !_voice.IsDecoded && _voice.Ahead < _rebuffer && (_refill || _silence.IsDry);

    /// <summary>Takes leave of a track that is handed out whole or can't go on, and goes over to the next.</summary>
    private bool Finish()
    {
        if (_next is { Failure: not null, Ahead: 0, HandedOut: 0 })
            EndFailed(_next);

        if (_voice.Track is null || !_voice.IsDecoded || _voice.Ahead > 0 || !(_maySound || _voice.Failure is not null))
            return false;

        Report(_voice);
        if (_voice.Failure is not null)
            EndFailed(_voice);
        else
            EndComplete();

        GoOver();
        return true;
    }

    private void GoOver()
    {
        (_voice, _next) = (_next, _voice);
        _maySound = _voice.Track is not null;
    }

    private void EndComplete()
    {
        // What an output that keeps no pace still holds back must be safe before the track counts as played.
        if (!_output.IsRealTime)
            _output.Drain();

        End(_voice, PlayEnd.Complete);
    }

    private void EndFailed(TrackVoice voice)
    {
        var track = voice.Track!;
        if (_lastHandedOut == track.Play)
            _silence.Report(track.Play);

        var (failure, reason) = (voice.Failure!.Value, voice.FailureReason);
        if (voice == _voice)
            _silence.Forget();

        voice.Clear();
        _inbox.Forget(track);
        _listener.Failed(track.Play, failure, reason, LastOf(voice));
    }

    private void End(TrackVoice voice, PlayEnd end)
    {
        if (voice.Track is not { } track)
            return;

        if (end == PlayEnd.Stopped && _lastHandedOut == track.Play && !_paused)
            _silence.Report(track.Play);

        if (voice == _voice)
            _silence.Forget();

        voice.Clear();
        _inbox.Forget(track);
        _listener.Ended(track.Play, voice.HandedOut, end, LastOf(voice));
    }

    // What was handed over last is another's where this one never sounded, as after a seek to its end.
    private long LastOf(TrackVoice voice) => voice.HandedOut > 0 ? _lastHandOver : _time.GetTimestamp();

    /// <summary>Nothing plays: waits for the last sample to be heard, leaving room for a late next track.</summary>
    private bool Drain()
    {
        if (_draining.IsDone || _paused || _voice.Track is not null || !_draining.TryDrain())
            return false;

        _silence.Disarm();
        _listener.Drained();
        return true;
    }

    private void Load(TrackVoice voice, PlayableTrack track)
    {
        voice.Load(track, _inbox.Wake);
        voice.SetLevel(_loudness, _volume);
    }

    private void SetLevel(LoudnessMode loudness, float volume)
    {
        (_loudness, _volume) = (loudness, volume);
        _voice.SetLevel(loudness, volume);
        _next.SetLevel(loudness, volume);
    }

    private void SetNext(PlayableTrack track)
    {
        End(_next, PlayEnd.Stopped);
        if (_voice.Track is not null)
        {
            Load(_next, track);
            return;
        }

        Load(_voice, track);
        _maySound = true;
    }

    private void TakeBack(PlayId play)
    {
        if (_next.Track?.Play == play)
            End(_next, PlayEnd.Stopped);

        if (_voice.Track?.Play != play)
            return;

        End(_voice, PlayEnd.Stopped);
        GoOver();
    }

    private void Seek(PlayId play, in SeekPlan plan, int epoch)
    {
        if (_next.Track?.Play == play)
        {
            _next.Seek(plan, epoch);
            Report(_next);
        }

        if (_voice.Track?.Play != play)
            return;

        if (_lastHandedOut == play && !_paused)
            _silence.Report(play);

        _voice.Seek(plan, epoch);
        Flush();
        _silence.Disarm();
        _refill = _voice.HandedOut > 0;
        Report(_voice);
    }

    private void Pause()
    {
        if (_paused)
            return;

        if (_voice.Track is { } track && _lastHandedOut == track.Play)
        {
            _silence.Report(track.Play);
            _silence.SetSilent(track.Play, false);
            Report(_voice);
        }

        _paused = true;
        _output.SetPaused(true);
    }

    private void Resume()
    {
        if (!_paused)
            return;

        _paused = false;
        _filling.Restart();
        _draining.Restart();
        _output.SetPaused(false);
        if (!_draining.IsDone && !_refill && _output.IsRealTime)
            _silence.Fed(_output.Pending);
    }

    private void StopAll()
    {
        End(_voice, PlayEnd.Stopped);
        End(_next, PlayEnd.Stopped);
        Flush();
        _silence.Disarm();
        _maySound = false;
        _refill = false;
    }

    private void Flush()
    {
        _output.Flush();
        _filling.Restart();
    }

    private void FailOutput(string reason)
    {
        _silence.Disarm();
        _maySound = false;
        if (_voice.Track is { } track)
        {
            _voice.Clear();
            _inbox.Forget(track);
            _listener.Failed(track.Play, PlayFailure.Output, reason, _time.GetTimestamp());
        }

        End(_next, PlayEnd.Stopped);
        if (_draining.IsDone)
            return;

        _draining.GiveUp();
        _listener.Drained();
    }

    private void Report(TrackVoice voice)
    {
        var track = voice.Track!;
        var heard = voice.Position;
        if (voice == _voice)
        {
            _unreported = 0;
            heard -= _output.Pending;
        }

        _listener.Advanced(track.Play, voice.Epoch, track.Feed.Next, heard);
    }
}
