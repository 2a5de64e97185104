using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Keeps on disk what plays: a change of the queue, of the track or a pause at once, the position every five seconds.
/// One write at a time, what changes meanwhile with the next; nothing while nothing changes. Everything on the loop but
/// the writing.
/// </summary>
internal sealed class PlaybackSaver(KeptPlayback kept, ListenerDesk listener, ShellGround ground)
{
    private const long NotKept = -1;

    private static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private (PlayId? Play, int Place, long PausedAt, RepeatMode Repeat, int Volume) _stateKept;
    private long _version;
    private long _written;
    private long _queueKept = NotKept;
    private long _positionKept;
    private long _keptAt;
    private bool _isWriting;
    private bool _hasFailed;
    private bool _hasEnded;

    /// <summary>Goes on where an earlier run was.</summary>
    public void Restore()
    {
        if (kept.Find() is not { } found)
            return;

        listener.Restore(found.Queue, found.Place);
        NoteKept();
    }

    /// <summary>Looks whether something is to be kept.</summary>
    public void Look()
    {
        if (_isWriting || _hasEnded)
            return;

        // What could not be written is tried again no more often than the position is kept.
        if (_hasFailed ? !IsTime : !IsChanged && !IsFurther)
            return;

        Begin();
    }

    /// <summary>Keeps how it stands now, and nothing of what comes: the client ends.</summary>
    public void End()
    {
        if (_hasEnded)
            return;

        _hasEnded = true;

        // What is being written may fail, and comes too late if it comes after this: all of it is written again.
        Write(long.MaxValue, listener.Plays.ToKept(), listener.Place());
    }

    /// <summary>Forgets what is kept: the account logged out. What is left, as the volume, is kept anew.</summary>
    public void Clear()
    {
        _queueKept = NotKept;
        try
        {
            kept.Clear();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.PlaybackKeepFailed(ground.Logger, failure.Message);
        }
    }

    private (PlayId? Play, int Place, long PausedAt, RepeatMode Repeat, int Volume) State =>
        (listener.Plays.Current?.Id, listener.Plays.Place, PausedAt, listener.Plays.Repeat, listener.Volume);

    private long PausedAt => listener.IsPaused ? listener.Plays.Current?.Position ?? 0 : -1;

    private bool IsChanged => listener.Plays.QueueVersion != _queueKept || State != _stateKept;

    private bool IsFurther => (listener.Plays.Current?.Position ?? 0) != _positionKept && IsTime;

    private bool IsTime => ground.Time.GetElapsedTime(_keptAt) >= PositionEvery;

    // Apart from the look, which comes ten times a second and allocates nothing.
    private void Begin()
    {
        var queue = listener.Plays.QueueVersion == _queueKept ? null : listener.Plays.ToKept();
        var place = listener.Place();
        NoteKept();
        var version = ++_version;
        _isWriting = true;
        ground.Background.Run(() => WriteAsync(version, queue, place));
    }

    private void NoteKept()
    {
        (_queueKept, _stateKept) = (listener.Plays.QueueVersion, State);
        (_positionKept, _keptAt) = (listener.Plays.Current?.Position ?? 0, ground.Time.GetTimestamp());
    }

    private Task WriteAsync(long version, KeptQueue? queue, KeptPlace place)
    {
        var isWritten = false;
        try
        {
            isWritten = Write(version, queue, place);
        }
        finally
        {
            ground.Loop.Post(new PostedAction(() => NoteWritten(isWritten)));
        }

        return Task.CompletedTask;
    }

    private void NoteWritten(bool isWritten)
    {
        (_isWriting, _hasFailed) = (false, !isWritten);
        if (_hasFailed)
            _queueKept = NotKept;

        Look();
    }

    private bool Write(long version, KeptQueue? queue, KeptPlace place)
    {
        try
        {
            lock (_writing)
            {
                if (version <= _written)
                    return true;

                _written = version;
                if (queue is not null)
                    kept.Keep(queue);

                kept.Keep(place);
                return true;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.PlaybackKeepFailed(ground.Logger, failure.Message);
            return false;
        }
    }
}
