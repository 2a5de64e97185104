using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Queueing;

/// <summary>
/// What the listener puts into the queue while a click is being opened: what is still there and has not played once the
/// click begins goes over to its queue. Owned by the core's loop.
/// </summary>
internal sealed class QueueAdditions
{
    private readonly HashSet<long> _next = [];
    private readonly HashSet<long> _last = [];

    /// <summary>These were put where they play next.</summary>
    public void AddNext(IEnumerable<long> entries) => _next.UnionWith(entries);

    /// <summary>These were put at the end.</summary>
    public void AddLast(IEnumerable<long> entries) => _last.UnionWith(entries);

    /// <summary>
    /// Puts them into another queue, which has a current entry, in the same way and in the order they have.
    /// </summary>
    /// <param name="queue">The other.</param>
    /// <param name="coming">What is to play in theirs.</param>
    public void PutInto(PlayQueue queue, ReadOnlySpan<QueueEntry> coming)
    {
        // As many as there is room for: what was clicked on plays all the same.
        queue.AddNext(Of(coming, _next, queue.Room));
        queue.Add(Of(coming, _last, queue.Room));
    }

    private static TrackId[] Of(ReadOnlySpan<QueueEntry> coming, HashSet<long> entries, int most)
    {
        var tracks = new List<TrackId>();
        foreach (var entry in coming)
        {
            if (tracks.Count < most && entries.Contains(entry.Id))
                tracks.Add(entry.Track);
        }

        return [.. tracks];
    }
}
