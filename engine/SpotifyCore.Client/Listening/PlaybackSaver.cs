using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Keeps on disk what plays: a change of the queue, of the track or a pause at once, the position every five seconds.
/// One write at a time, what changes meanwhile with the next; nothing while nothing changes. Everything on the loop but
/// the writing.
/// </summary>
internal sealed class PlaybackSaver(
    KeptPlayback kept, TrackDescriptions descriptions, ClientRuntime runtime, LoopContext context)
{
    private const long NotKept = -1;

    private static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private (PlayId? Play, int Place, long PausedAt, RepeatMode Repeat, int Volume, TimeSpan Crossfade) _stateKept;
    private long _version;
    private long _written;
    private long _queueKept = NotKept;
    private long _positionKept;
    private long _keptAt;
    private bool _isWriting;
    private bool _hasFailed;
    private bool _isKeeping;

    private PlaybackController Playback => runtime.Playback;

    private long QueueVersion => Playback.Queue.Version + descriptions.Version;

    private long Position => Playback.Current?.PositionAt(runtime.Now) ?? 0;

    /// <summary>Goes on where an earlier run was; nothing is kept before.</summary>
    public void Restore()
    {
        _isKeeping = true;
        if (kept.Find() is not { } found)
            return;

        TrackInfo[] tracks = [.. found.Queue.Tracks.Select(static track => track.Info!)];
        descriptions.Learn(tracks);
        runtime.Raise(new PlaybackRestored(new PlaybackSnapshot(
            [.. tracks.Select(static track => track.Id)], found.Queue.Straight, found.Place.ToPlace())));
        NoteKept();
    }

    /// <summary>Looks whether something is to be kept.</summary>
    public void Look()
    {
        if (_isWriting || !_isKeeping)
            return;

        // What could not be written is tried again no more often than the position is kept.
        if (_hasFailed ? !IsTime : !IsChanged && !IsFurther)
            return;

        Begin();
    }

    /// <summary>Keeps how it stands now, and nothing of what comes: the client ends.</summary>
    public void End()
    {
        if (!_isKeeping)
            return;

        _isKeeping = false;

        // What is being written may fail, and comes too late if it comes after this: all of it is written again.
        Write(long.MaxValue, KeptNow(), PlaceNow());
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
            ClientLog.PlaybackKeepFailed(context.Logger, failure.Message);
        }
    }

    private (PlayId? Play, int Place, long PausedAt, RepeatMode Repeat, int Volume, TimeSpan Crossfade) State => (
        Playback.Current?.Id,
        PlacePosition,
        PausedAt,
        Playback.Queue.Repeat,
        Playback.Volume,
        Playback.Crossfade);

    private int PlacePosition => Playback.Current is null ? -1 : Playback.Queue.Position;

    private long PausedAt => Playback.IsPaused ? Position : -1;

    private bool IsChanged => QueueVersion != _queueKept || State != _stateKept;

    private bool IsFurther => Position != _positionKept && IsTime;

    private bool IsTime => context.Time.GetElapsedTime(_keptAt) >= PositionEvery;

    // Apart from the look, which comes about once a second and allocates nothing.
    private void Begin()
    {
        var queue = QueueVersion == _queueKept ? null : KeptNow();
        var place = PlaceNow();
        NoteKept();
        var version = ++_version;
        _isWriting = true;
        context.Background.Run(() => WriteAsync(version, queue, place));
    }

    private void NoteKept()
    {
        (_queueKept, _stateKept) = (QueueVersion, State);
        (_positionKept, _keptAt) = (Position, context.Time.GetTimestamp());
    }

    private KeptQueue KeptNow() => new(
        [.. Playback.Queue.Entries.Select(entry => KeptQueuedTrack.Of(descriptions.Of(entry.Track)))],
        Playback.Queue.StraightOrder);

    private KeptPlace PlaceNow() => KeptPlace.Of(Playback.PlaceAt(runtime.Now), Playback.Current?.Entry.Track);

    private Task WriteAsync(long version, KeptQueue? queue, KeptPlace place)
    {
        var isWritten = false;
        try
        {
            isWritten = Write(version, queue, place);
        }
        finally
        {
            context.Loop.Post(new ActionWorkItem(() => NoteWritten(isWritten)));
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
            ClientLog.PlaybackKeepFailed(context.Logger, failure.Message);
            return false;
        }
    }
}
