using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// The player of a client on virtual time: plays one play and has another to follow, as production's does, uses chunks
/// up as they sound, and notices when the output runs dry. A chunk is used up when its first sample sounds. While the
/// file is whole in the cache it looks only every few chunks. One without a pace takes all as fast as it decodes, and is
/// never dry.
/// </summary>
internal sealed class VirtualPlayer(SimClient client) : IPlayer, IDue
{
    private const long RebufferSamples = 48_000 / 5;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DecodedAtOnce = TimeSpan.FromMilliseconds(200);

    private SimPlay? _voice;
    private SimPlay? _next;
    private long _version;
    private Instant _anchor;
    private long _anchorSample;
    private uint _boundary;
    private Instant _dryAt = Instant.Never;
    private Instant _wentOverAt = Instant.Never;
    private bool _maySound;
    private bool _isRunning;
    private bool _isPaused;
    private bool _isSilent;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    public bool IsPaused => _isPaused;

    /// <summary>True while something sounds.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Tracks that it has, sounding or to follow.</summary>
    public int Tracks => (_voice is null ? 0 : 1) + (_next is null ? 0 : 1);

    /// <summary>True while a listener waits for sound.</summary>
    public bool IsWaiting => !_isPaused && !_isRunning && client.Playback.Current is not null;

    /// <summary>What of the play has sounded so far.</summary>
    public TimeSpan Listened => (_voice?.Listened ?? TimeSpan.Zero)
        + (_isRunning ? AudioTime(Position() - _anchorSample) : TimeSpan.Zero);

    // An output that keeps no time takes samples as fast as they are decoded.
    private double Speed => client.IsPaced ? 1 : DecodedAtOnce / client.Network.Options.DecodeTakes;

    /// <summary>True when it plays that.</summary>
    public bool Plays(SimPlay? play) => play is not null && play == _voice;

    /// <summary>The program starts, or is gone: it has nothing, and is not paused.</summary>
    public void Reset()
    {
        Halt();
        EndSilence();
        (_voice, _next) = (null, null);
        (_maySound, _isPaused, _isSilent) = (false, false, false);
    }

    /// <summary>What it plays proves to be damaged here: it can't go on with it.</summary>
    public void Break()
    {
        if (_voice is { } play)
            GoOver(play, isComplete: false);
    }

    /// <inheritdoc/>
    public void Load(in LoadPlay load)
    {
        client.Note(ActionTrace.Load);
        if (client.Plays.Find(load.Play) is not { Manifest: not null, IsClosed: false } play)
        {
            client.Network.Violations.Broken(client.Number, $"loads play {load.Play}, which is not open");
            return;
        }

        if (load.Follows && _voice is not null)
        {
            EndNext();
            _next = play;
            play.IsLoaded = true;
            return;
        }

        EndAll();
        (_voice, _maySound, play.IsLoaded) = (play, load.Follows, true);
        TryRun();
    }

    /// <inheritdoc/>
    public void Stop(in StopPlay stop)
    {
        client.Note(ActionTrace.Stop);
        if (stop.Play == PlayId.None)
        {
            EndAll();
            return;
        }

        if (_next?.Id == stop.Play)
            EndNext();
        else if (_voice?.Id == stop.Play)
            TakeBackVoice();

        client.Plays.Find(stop.Play)?.BeginAnew();
    }

    /// <inheritdoc/>
    public void SetOutput(in SetOutput output)
    {
        client.Note(ActionTrace.SetOutput);
        if (output.IsPaused == _isPaused)
            return;

        if (output.IsPaused && _voice is { } play)
        {
            Halt();
            EndSilence();
            TellSilence(play, isSilent: false);
            client.Reports.Post(PlayerReportKind.Advanced, play, play.Sample);
        }

        _isPaused = output.IsPaused;
        TryRun();
    }

    /// <inheritdoc/>
    public void Deliver(in DeliverChunk chunk)
    {
        client.Note(ActionTrace.Deliver, chunk: chunk.Chunk);
        var play = client.Plays.Find(chunk.Play);
        var isTaken = play is not null && play.TryGive(chunk.Chunk, client.FeedWindow);
        client.Population.Watch.Delivers(client, play, chunk, isTaken);
        if (Plays(play))
            TryRun();
    }

    /// <inheritdoc/>
    public void Reposition(in Reposition seek)
    {
        client.Note(ActionTrace.Reposition, chunk: seek.Chunk);
        if (client.Plays.Find(seek.Play) is not { } play)
            return;

        play.IsMovedTooLate |= play.IsLetGo;
        if (!play.IsLoaded)
            return;

        if (play == _voice)
        {
            Halt();
            EndSilence();
        }

        play.Reposition(seek.Chunk, Math.Clamp(seek.Sample, 0, play.Manifest!.Samples));
        play.IsSeeking = true;
        if (play != _voice)
            return;

        if (play.SoundedAt is not null && !_isPaused)
            TellSilence(play, isSilent: true);

        TryRun();
    }

    /// <inheritdoc/>
    public void StartSounding(in StartSounding start)
    {
        client.Note(ActionTrace.StartSounding);
        _maySound |= _voice?.Id == start.Play;
        TryRun();
    }

    /// <inheritdoc/>
    public void Close(in ClosePlay closed)
    {
        client.Note(ActionTrace.ClosePlay, chunk: (uint)closed.Failure);
        var play = client.Plays.Close(closed);
        if (play is { IsCutShort: true } && play == _next)
        {
            EndNext();
            client.Reports.Post(PlayerReportKind.Failed, play);
        }

        if (Plays(play))
            TryRun();
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (value != _version || _voice is not { } play)
            return;

        if (client.AsleepUntil > client.Time.Now.Ticks)
        {
            Doze(new Instant(client.AsleepUntil));
            return;
        }

        if (_isRunning)
            Reach(play);
        else
            GoOver(play, play.IsUsedUp);

        client.Population.Watch.MayWait(client);
    }

    /// <summary>Where playback stands.</summary>
    private long Position()
    {
        if (_voice is not { } play || !_isRunning)
            return _voice?.Sample ?? 0;

        var ticks = Math.Max(0, ((client.Time.Now - _anchor) * Speed).Ticks);
        return Math.Min(_anchorSample + (ticks * 48_000 / TimeSpan.TicksPerSecond), play.FirstSampleOf(_boundary));
    }

    /// <summary>Looks whether it can go on, or is at an end. What comes of that comes as an event of its own.</summary>
    private void TryRun()
    {
        client.Population.Watch.MayWait(client);
        if (_voice is not { } play || _isRunning)
            return;

        if (play.IsCutShort || (play.IsUsedUp && _maySound))
        {
            ScheduleAt(client.Time.Now);
            return;
        }

        if (!_maySound || _isPaused || !(play.IsInChunk || play.IsClosed || HasEnough(play)))
            return;

        _anchor = client.Time.Now;
        if (play.SoundedAt is not null)
            EndSilence();
        else if (_wentOverAt != _anchor)
            _anchor += client.Network.Options.DecodeTakes;

        (_isRunning, play.IsSeeking) = (true, false);
        _anchorSample = play.Sample;
        if (play.IsInChunk)
        {
            Schedule(play, _boundary);
            return;
        }

        _boundary = play.Next;
        ScheduleAt(_anchor);
    }

    // A dry output is fed again once so much was decoded (PlayerOptions.RebufferMilliseconds).
    private static bool HasEnough(SimPlay play)
    {
        var to = play.Next + (uint)play.Ready;
        return to >= play.Manifest!.ChunkCount
            || (play.Ready > 0 && play.FirstSampleOf(to) - play.Sample >= RebufferSamples);
    }

    private void Reach(SimPlay play)
    {
        play.UseUp((int)(_boundary - play.Next));
        play.Sample = Math.Max(play.Sample, play.FirstSampleOf(_boundary));
        play.IsInChunk = false;
        if (play.IsUsedUp || play.IsCutShort)
        {
            GoOver(play, play.IsUsedUp);
            return;
        }

        var isFirst = play.SoundedAt is null;
        if (play.Ready == 0)
        {
            Halt();
            _dryAt = client.Time.Now;
            TellSilence(play, isSilent: true);
        }
        else
        {
            play.SoundedAt ??= client.Time.Now;
            play.UseUp(1);
            play.IsInChunk = true;
            Schedule(play, Farthest(play));
            TellSilence(play, isSilent: false);
        }

        if (isFirst && play.SoundedAt is not null)
            client.Reports.Post(PlayerReportKind.Sounding, play);

        client.Reports.Post(PlayerReportKind.Advanced, play, play.Sample);
    }

    /// <summary>It is done with a play: what follows sounds without a gap.</summary>
    private void GoOver(SimPlay play, bool isComplete)
    {
        Halt();
        EndSilence();
        _wentOverAt = client.Time.Now;
        play.IsComplete = isComplete;
        client.Reports.Post(PlayerReportKind.Advanced, play, play.Sample);
        client.Reports.Post(isComplete ? PlayerReportKind.Complete : PlayerReportKind.Failed, play, play.Samples);
        client.Plays.LetGo(play);
        MoveUp();
    }

    /// <summary>It had gone over to a play that was not to follow any more: what was handed out of that is heard.</summary>
    private void TakeBackVoice()
    {
        Halt();
        EndSilence();
        End(_voice);
        MoveUp();
    }

    private void MoveUp()
    {
        (_voice, _next, _isSilent) = (_next, null, false);
        _maySound = _voice is not null;
        TryRun();
        if (_voice is null)
            client.Reports.Post(PlayerReportKind.Drained, play: null);
    }

    /// <summary>The chunk at whose beginning to look again.</summary>
    private uint Farthest(SimPlay play)
    {
        if (!client.Cache.HoldsWhole(play.Track))
            return play.Next;

        return play.Next + (uint)Math.Min(play.Ready, client.Spec.ChunksPerReport - 1);
    }

    private void EndAll()
    {
        Halt();
        EndSilence();
        End(_voice);
        (_voice, _maySound, _isSilent) = (null, false, false);
        EndNext();
    }

    private void EndNext()
    {
        End(_next);
        _next = null;
    }

    private void End(SimPlay? play)
    {
        if (play is null)
            return;

        client.Reports.Post(PlayerReportKind.Ended, play, play.Samples);
        client.Plays.LetGo(play);
    }

    private void TellSilence(SimPlay play, bool isSilent)
    {
        if (_isSilent == isSilent)
            return;

        _isSilent = isSilent;
        client.Reports.Post(isSilent ? PlayerReportKind.Silent : PlayerReportKind.NotSilent, play);
    }

    /// <summary>A silence counts however it ends: by sound, a skip, a pause, a seek or a failure.</summary>
    private void EndSilence()
    {
        var dry = client.Time.Now - _dryAt;
        if (_dryAt != Instant.Never && dry > Tolerance && client.IsPaced && _voice is { IsSeeking: false } play)
        {
            play.NoteStutter(dry);
            client.Reports.Post(PlayerReportKind.Stuttered, play);
        }

        _dryAt = Instant.Never;
    }

    private void Schedule(SimPlay play, uint boundary)
    {
        _boundary = boundary;
        var samples = Math.Max(0, play.FirstSampleOf(boundary) - _anchorSample);
        ScheduleAt(_anchor + (AudioTime(samples) / Speed) + TimeSpan.FromTicks(1));
    }

    private static TimeSpan AudioTime(long samples) =>
        new(Math.Max(0, samples) * TimeSpan.TicksPerSecond / 48_000);

    private void ScheduleAt(Instant at) => client.Time.Push(at.Ticks, this, 0, ++_version);

    private void Halt()
    {
        _version++;
        if (!_isRunning || _voice is not { } play)
            return;

        var position = Position();
        play.Listened += AudioTime(position - _anchorSample);
        play.Sample = Math.Max(play.Sample, position);
        _isRunning = false;
    }

    // The machine slept in the middle of a sound: it goes on where it was.
    private void Doze(Instant until)
    {
        if (_isRunning)
            (_anchor, _anchorSample) = (until, _voice!.FirstSampleOf(_boundary));

        ScheduleAt(until);
    }
}
