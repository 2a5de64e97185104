using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Playback.Playing;

/// <summary>What other threads tell the player's thread, and what wakes it. Free-threaded.</summary>
internal sealed class PlayerInbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<PlayerCommand> _commands = new();
    private readonly List<PlayableTrack> _tracks = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private bool _closed;

    /// <summary>Hands a command over.</summary>
    public void Post(in PlayerCommand command)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Player));
            _closed = command.Kind == PlayerCommandKind.Close;
            if (command.Track is { } track)
                _tracks.Add(track);

            _commands.Enqueue(command);
        }

        _wake.Set();
    }

    /// <summary>Moves the feed of a play that is not over, and hands the seek over.</summary>
    public bool TrySeek(PlayId play, long sample)
    {
        lock (_gate)
        {
            if (_tracks.FindLast(track => track.Play == play) is not { } track || _closed)
                return false;

            var plan = SeekPlan.For(track.Manifest, sample);
            var epoch = track.Feed.Reposition(plan.Chunk);
            _commands.Enqueue(new(PlayerCommandKind.Seek) { Play = play, Plan = plan, Epoch = epoch });
        }

        _wake.Set();
        return true;
    }

    /// <summary>Takes the oldest command.</summary>
    public bool TryTake(out PlayerCommand command)
    {
        lock (_gate)
            return _commands.TryDequeue(out command);
    }

    /// <summary>A play is over: it can no longer be sought in.</summary>
    public void Forget(PlayableTrack track)
    {
        lock (_gate)
            _tracks.Remove(track);
    }

    /// <summary>Makes the next <see cref="Wait"/>, or the one under way, return.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Waits for something to do, at most so long.</summary>
    public void Wait(TimeSpan most) => _wake.WaitOne(most);

    public void Dispose() => _wake.Dispose();
}
