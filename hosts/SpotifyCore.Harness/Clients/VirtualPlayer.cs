using SpotifyCore.Content.Time;
using SpotifyCore.Harness.Running;

namespace SpotifyCore.Harness.Clients;

/// <summary>
/// The player of a client on virtual time: uses chunks up as they sound, and notices when the output runs dry. A chunk
/// is used up when its first sample sounds. While the file is whole in the cache it looks only every few chunks.
/// </summary>
internal sealed class VirtualPlayer(SimClient client) : IDue
{
    private const long RebufferSamples = 48_000 / 5;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    private SimPlay? _play;
    private long _version;
    private Instant _anchor;
    private long _anchorSample;
    private uint _boundary;
    private Instant _dryAt = Instant.Never;
    private bool _isRunning;
    private bool _isPaused;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    public bool IsPaused => _isPaused;

    /// <summary>True while something sounds.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>What of the play has sounded so far.</summary>
    public TimeSpan Listened => (_play?.Listened ?? TimeSpan.Zero)
        + (_isRunning ? AudioTime(Position() - _anchorSample) : TimeSpan.Zero);

    /// <summary>True when that is the play it plays.</summary>
    public bool Plays(SimPlay? play) => play is not null && play == _play;

    /// <summary>Plays this from now on; null for nothing.</summary>
    public void SetPlay(SimPlay? play)
    {
        Halt();
        EndSilence();
        _play = play;
        TryRun();
    }

    /// <summary>Looks whether it can go on.</summary>
    public void TryRun()
    {
        if (_play is not { MaySound: true, IsComplete: false } play || _isPaused || _isRunning)
            return;

        if (!play.IsInChunk && !HasEnough(play))
            return;

        var now = client.World.Now;
        NoteSound(play, now);
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

    public void SetPaused(bool paused)
    {
        if (paused == _isPaused)
            return;

        if (paused)
            Halt();

        EndSilence();
        _isPaused = paused;
        TryRun();
    }

    /// <summary>The core carried a seek out.</summary>
    public void Reposition(SimPlay play, uint chunk, long sample)
    {
        if (play == _play)
        {
            Halt();
            EndSilence();
        }

        play.Reposition(chunk, Math.Clamp(sample, 0, Math.Max(0, play.Manifest!.Samples - 1)));
        play.IsSeeking = true;
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (value != _version || _play is not { } play)
            return;

        if (client.AsleepUntil > client.World.Now.Ticks)
        {
            Doze(new Instant(client.AsleepUntil));
            return;
        }

        Reach(play);
    }

    /// <summary>Where playback stands.</summary>
    public long Position()
    {
        if (_play is not { } play || !_isRunning)
            return _play?.Sample ?? 0;

        var ticks = Math.Max(0, (client.World.Now - _anchor).Ticks);
        return Math.Min(_anchorSample + (ticks * 48_000 / TimeSpan.TicksPerSecond), play.FirstSampleOf(_boundary));
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
        var used = (int)(_boundary - play.Next);
        if (used > 0)
            play.UseUp(used);

        play.Sample = Math.Max(play.Sample, play.FirstSampleOf(_boundary));
        play.IsInChunk = false;
        if (play.IsUsedUp)
        {
            Halt();
            play.IsComplete = true;
            client.Listener.Ended(play);
            return;
        }

        if (play.Ready == 0)
        {
            Halt();
            _dryAt = client.World.Now;
        }
        else
        {
            play.UseUp(1);
            play.IsInChunk = true;
            Schedule(play, Farthest(play));
        }

        client.Driver.Advanced(play);
    }

    /// <summary>The chunk at whose beginning to look again.</summary>
    private uint Farthest(SimPlay play)
    {
        if (!client.Cache.HoldsWhole(play.Track))
            return play.Next;

        return play.Next + (uint)Math.Min(play.Ready, client.Spec.ChunksPerReport - 1);
    }

    private void NoteSound(SimPlay play, Instant now)
    {
        _anchor = now;
        if (play.Start is null)
        {
            // What follows gaplessly was decoded while the one before sounded.
            _anchor = now == play.Since && !play.IsClick ? now : now + client.World.Options.DecodeTakes;
            play.Start = _anchor - play.Since;
        }
        else
        {
            EndSilence();
        }
    }

    /// <summary>A silence counts however it ends: by sound, a skip, a pause, a seek or a failure.</summary>
    private void EndSilence()
    {
        var dry = client.World.Now - _dryAt;
        if (_dryAt != Instant.Never && _play is { IsSeeking: false } play && dry > Tolerance)
            play.NoteStutter(dry);

        _dryAt = Instant.Never;
    }

    private void Schedule(SimPlay play, uint boundary)
    {
        _boundary = boundary;
        var samples = Math.Max(0, play.FirstSampleOf(boundary) - _anchorSample);
        ScheduleAt(_anchor + AudioTime(samples) + TimeSpan.FromTicks(1));
    }

    private static TimeSpan AudioTime(long samples) =>
        new(Math.Max(0, samples) * TimeSpan.TicksPerSecond / 48_000);

    private void ScheduleAt(Instant at) => client.World.Push(at.Ticks, this, 0, ++_version);

    private void Halt()
    {
        _version++;
        if (!_isRunning || _play is not { } play)
            return;

        var position = Position();
        play.Listened += AudioTime(position - _anchorSample);
        play.Sample = Math.Max(play.Sample, position);
        _isRunning = false;
    }

    // The machine slept in the middle of a sound: it goes on where it was.
    private void Doze(Instant until)
    {
        (_anchor, _anchorSample) = (until, _play!.FirstSampleOf(_boundary));
        ScheduleAt(until);
    }
}
