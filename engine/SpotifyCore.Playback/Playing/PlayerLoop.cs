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

    private readonly PlayerInbox _inbox;
    private readonly IAudioOutput _output;
    private readonly IPlayerListener _listener;
    private readonly SilenceWatch _silence;
    private readonly VoiceReports _reports;
    private readonly OutputFilling _filling;
    private readonly OutputDraining _draining;
    private readonly PlayerSleep _sleep;
    private readonly int _rebuffer;
    private readonly float[] _block = new float[BlockSamples * AudioFormat.Channels];
    private readonly Voices _voices;
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
        _silence = new SilenceWatch(listener, time);
        _reports = new VoiceReports(inbox, output, listener, _silence, time);
        _sleep = new PlayerSleep(inbox, time);
        _filling = new OutputFilling(output, BlockSamples, _sleep, time);
        _draining = new OutputDraining(output, _sleep, time);
        var ahead = options.DecodeAheadMilliseconds * (AudioFormat.SampleRate / 1_000);
        _rebuffer = Math.Min(options.RebufferMilliseconds * (AudioFormat.SampleRate / 1_000), ahead);
        _voices = new Voices(OpusCodecs.Select(options.Codec), ahead, BlockSamples, options.Loudness);
    }

    private TrackVoice Voice => _voices.Current;

    private TrackVoice Next => _voices.Next;

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
        _voices.Dispose();
    }

    private bool Obey()
    {
        if (!_inbox.TryTake(out var command))
            return false;

        switch (command.Kind)
        {
            case PlayerCommandKind.Start:
                StopAll();
                Load(Voice, command.Track!);
                break;
            case PlayerCommandKind.BeginSounding:
                _maySound |= Voice.Track?.Play == command.Play;
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
                _voices.SetLoudness(command.Loudness);
                break;
            case PlayerCommandKind.SetVolume:
                _voices.SetVolume(command.Volume);
                break;
            case PlayerCommandKind.SetCrossfade:
                _voices.SetOverlap(command.Overlap);
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
        var moved = DecodeSome(Voice);
        if (Voice.IsFull || Voice.IsDecoded)
            moved |= DecodeSome(Next);

        try
        {
            return Crossfade() || HandOut() || Finish() || moved || Drain();
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

    /// <summary>The track that sounds fades out under the next from now on, if it is time.</summary>
    private bool Crossfade()
    {
        if (_paused || !_maySound || !_voices.MayCrossfade)
            return false;

        Report(Voice);
        _silence.Forget();
        _reports.Ended(Voice, Voice.HandedOut + Voice.Ahead, PlayEnd.Complete);
        _voices.BeginCrossfade();
        return true;
    }

    private bool HandOut()
    {
        // Who has no haste waits for the track that rises.
        var isAlone = _voices.IsFadingAlone && (Voice.Track is null || _output.IsRealTime);
        if (_paused || !(isAlone || MaySoundOn()) || !_filling.MayWrite())
            return false;

        if (Voice.Track is { Play: var play })
            _reports.EndStutter(play);

        var block = _block.AsSpan(0, Math.Min(_voices.Ahead, BlockSamples) * AudioFormat.Channels);
        _voices.HandOut(block);
        _reports.BeginHandOver();
        _output.Write(block);
        _refill = false;
        _draining.NoteWritten();
        if (_output.IsRealTime)
            _silence.Fed(_output.Pending);

        if (!isAlone)
            _reports.EndHandOver(Voice, block.Length / AudioFormat.Channels);

        return true;
    }

    /// <summary>Nothing can be done now: tells once what should sound is silent, and wakes up for that.</summary>
    private void WatchForSilence()
    {
        // After a seek silence is right, and no stutter, but silence it is.
        if (!_paused && _output.IsRealTime && Voice.Track is { Play: var play } && _reports.IsSounding(play))
            _sleep.AtMost(_silence.Watch(play, atOnce: _refill));
    }

    // A dry output is not fed a crumb at a time.
    private bool MustRefill() =>
        _output.IsRealTime && !Voice.IsDecoded && Voice.Ahead < _rebuffer && (_refill || _silence.IsDry);

    private bool MaySoundOn() =>
        _maySound && Voice.Ahead > 0 && !MustRefill() && (_output.IsRealTime || !_voices.AwaitsCrossfade);

    /// <summary>Takes leave of a track that is handed out whole or can't go on, and goes over to the next.</summary>
    private bool Finish()
    {
        if (Next is { Failure: not null, Ahead: 0, HandedOut: 0 })
            EndFailed(Next);

        if (Voice.Track is null || !Voice.IsDecoded || Voice.Ahead > 0 || !(_maySound || Voice.Failure is not null))
            return false;

        Report(Voice);
        if (Voice.Failure is not null)
            EndFailed(Voice);
        else
            EndComplete();

        GoOver();
        return true;
    }

    private void GoOver()
    {
        _voices.GoOver();
        _maySound = Voice.Track is not null;
    }

    private void EndComplete()
    {
        // What an output that keeps no pace still holds back must be safe before the track counts as played.
        if (!_output.IsRealTime)
            _output.Drain();

        End(Voice, PlayEnd.Complete);
    }

    private void EndFailed(TrackVoice voice)
    {
        _reports.EndStutter(voice.Track!.Play);
        if (voice == Voice)
            _silence.Forget();

        _reports.Failed(voice);
        voice.Clear();
    }

    private void End(TrackVoice voice, PlayEnd end)
    {
        if (voice.Track is not { } track)
            return;

        if (end == PlayEnd.Stopped && !_paused)
            _reports.EndStutter(track.Play);

        if (voice == Voice)
            _silence.Forget();

        _reports.Ended(voice, voice.HandedOut, end);
        voice.Clear();
    }

    /// <summary>Nothing plays: waits for the last sample to be heard, leaving room for a late next track.</summary>
    private bool Drain()
    {
        if (_draining.IsDone || _paused || Voice.Track is not null || _voices.IsFading || !_draining.TryDrain())
            return false;

        _silence.Disarm();
        _listener.Drained();
        return true;
    }

    private void Load(TrackVoice voice, PlayableTrack track) => _voices.Load(voice, track, _inbox.Wake);

    private void SetNext(PlayableTrack track)
    {
        End(Next, PlayEnd.Stopped);
        if (Voice.Track is not null)
        {
            Load(Next, track);
            return;
        }

        Load(Voice, track);
        _maySound = true;
    }

    private void TakeBack(PlayId play)
    {
        if (Next.Track?.Play == play)
            End(Next, PlayEnd.Stopped);

        if (Voice.Track?.Play != play)
            return;

        End(Voice, PlayEnd.Stopped);
        GoOver();
    }

    private void Seek(PlayId play, in SeekPlan plan, int epoch)
    {
        if (Next.Track?.Play == play)
        {
            Next.Seek(plan, epoch);
            Report(Next);
        }

        if (Voice.Track?.Play != play)
            return;

        if (!_paused)
            _reports.EndStutter(play);

        Voice.Seek(plan, epoch);
        Flush();
        _silence.Disarm();
        _refill = Voice.HandedOut > 0;
        Report(Voice);
    }

    private void Pause()
    {
        if (_paused)
            return;

        if (Voice.Track is { } track && _reports.IsSounding(track.Play))
        {
            _silence.Report(track.Play);
            _silence.SetSilent(track.Play, false);
            Report(Voice);
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
        End(Voice, PlayEnd.Stopped);
        End(Next, PlayEnd.Stopped);
        Flush();
        _silence.Disarm();
        _maySound = false;
        _refill = false;
    }

    private void Flush()
    {
        _voices.EndCrossfade();
        _output.Flush();
        _filling.Restart();
    }

    private void FailOutput(string reason)
    {
        _silence.Disarm();
        _voices.EndCrossfade();
        _maySound = false;
        if (Voice.Track is not null)
        {
            _reports.OutputFailed(Voice, reason);
            Voice.Clear();
        }

        End(Next, PlayEnd.Stopped);
        if (_draining.IsDone)
            return;

        _draining.GiveUp();
        _listener.Drained();
    }

    private void Report(TrackVoice voice) => _reports.Advanced(voice, isCurrent: voice == Voice);
}
