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
    private static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private (PlayId? Play, int Place, long PausedAt, RepeatMode Repeat, int Volume) _stateKept;
    private long _version;
    private long _written;
    private long _queueKept;
    private long _positionKept;
    private long _keptAt;
    private bool _isWriting;
    private bool _hasEnded;

    /// <summary>Goes on where an earlier run was.</summary>
    public void Restore()
    {
        if (kept.Find() is { } found)
            listener.Restore(found.Queue, found.Place);

        NoteKept();
    }

    /// <summary>Looks whether something is to be kept.</summary>
    public void Look()
    {
        if (_isWriting || _hasEnded)
            return;

        if (!IsChanged && !IsFurther)
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

    /// <summary>Forgets what is kept: the account logged out.</summary>
    public void Clear()
    {
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

    private bool IsFurther => (listener.Plays.Current?.Position ?? 0) != _positionKept
        && ground.Time.GetElapsedTime(_keptAt) >= PositionEvery;

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
        Write(version, queue, place);
        ground.Loop.Post(new PostedAction(() =>
        {
            _isWriting = false;
            Look();
        }));
        return Task.CompletedTask;
    }

    private void Write(long version, KeptQueue? queue, KeptPlace place)
    {
        try
        {
            lock (_writing)
            {
                if (version <= _written)
                    return;

                _written = version;
                if (queue is not null)
                    kept.Keep(queue);

                kept.Keep(place);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.PlaybackKeepFailed(ground.Logger, failure.Message);
        }
    }
}
