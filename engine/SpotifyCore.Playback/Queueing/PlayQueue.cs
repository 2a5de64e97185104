using SpotifyCore.Content.Identity;

namespace SpotifyCore.Playback.Queueing;

/// <summary>
/// What plays, what has played and what will. Pure: does no I/O, reads no clock, draws chance from the seed it is
/// given. Owned by one thread.
/// </summary>
public sealed class PlayQueue
{
    private readonly List<QueueEntry> _entries = [];
    private int _position = -1;

    /// <summary>All entries, in the order they play.</summary>
    public IReadOnlyList<QueueEntry> Entries => _entries;

    /// <summary>Where the current entry stands, or -1 before the first and after the last.</summary>
    public int Position => _position;

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public RepeatMode Repeat { get; set; }

    /// <summary>The entry that plays, or null.</summary>
    public QueueEntry? Current => throw new NotSupportedException();

    /// <summary>The entry that follows by itself, or null at the end.</summary>
    public QueueEntry? Next => throw new NotSupportedException();

    /// <summary>Puts a track at the end.</summary>
    public QueueEntry Add(TrackId track) => throw new NotSupportedException();

    /// <summary>Puts a track right after the current one.</summary>
    public QueueEntry AddNext(TrackId track) => throw new NotSupportedException();

    /// <summary>Takes an entry out. When it is the current one, the one after it becomes current. False when there is none of that id.</summary>
    public bool Remove(long id) => throw new NotSupportedException();

    /// <summary>Moves an entry to another index; the current entry stays current. False when there is none of that id.</summary>
    public bool Move(long id, int index) => throw new NotSupportedException();

    /// <summary>Takes out everything.</summary>
    public void Clear() => throw new NotSupportedException();

    /// <summary>Goes on to <see cref="Next"/>, as at the end of a track. False, and nothing current, at the end of the queue.</summary>
    public bool TryAdvance() => throw new NotSupportedException();

    /// <summary>Goes to the following entry because the listener asked: past a repeated one, too.</summary>
    public bool TrySkip() => throw new NotSupportedException();

    /// <summary>Goes back to the entry before. False at the first, which stays.</summary>
    public bool TryGoBack() => throw new NotSupportedException();

    /// <summary>Goes to an entry. False when there is none of that id.</summary>
    public bool TryJump(long id) => throw new NotSupportedException();

    /// <summary>Puts what follows the current entry in an order drawn from <paramref name="seed"/>.</summary>
    public void Shuffle(ulong seed) => throw new NotSupportedException();

    /// <summary>Puts all entries back in the order they were added.</summary>
    public void Unshuffle() => throw new NotSupportedException();
}
