namespace SpotifyCore.Client.Listening;

/// <summary>What a listener changes in the queue. Everything on the loop.</summary>
internal sealed class QueueEditor(PlaySequence plays)
{
    /// <summary>Puts tracks at the end of the queue; begins them when nothing plays.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public void Append(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        plays.ChangeQueue().Add(tracks);
        if (!plays.TryBegin(clicked))
            plays.Announce();
    }

    /// <summary>Puts tracks where they play next; begins them when nothing plays.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public void Insert(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        if (plays.Current is null)
        {
            Append(tracks, clicked);
            return;
        }

        plays.ChangeQueue().AddNext(tracks);
        plays.Announce();
    }

    /// <summary>
    /// Takes entries out of the queue; the current one, if it is among them, gives way to what follows.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int Remove(IReadOnlyList<long> entries, long clicked)
    {
        var playing = plays.Current?.Entry.Id;
        var removed = entries.Count(plays.ChangeQueue().Remove);
        if (playing is { } entry && entries.Contains(entry))
            plays.Skip(clicked);
        else
            plays.Announce();

        return removed;
    }

    /// <summary>
    /// Moves an entry that has not played; false when there is none such. Place 1 is the one that plays next.
    /// </summary>
    public bool Move(long entry, int place)
    {
        var isMoved = plays.ChangeQueue().Move(entry, place);
        plays.Announce();
        return isMoved;
    }

    /// <summary>Takes out everything but what plays.</summary>
    public void KeepCurrent()
    {
        plays.ChangeQueue().KeepCurrent();
        plays.Announce();
    }

    /// <summary>Puts what has not played in an order that follows from a seed, or all in its own again.</summary>
    public void SetShuffle(bool isShuffled, ulong seed)
    {
        plays.ChangeQueue().SetShuffle(isShuffled, seed);
        plays.Announce();
    }
}
