using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>A click whose track is being opened while something else plays.</summary>
/// <param name="Play">The play that it becomes.</param>
/// <param name="Tracks">What was clicked on.</param>
/// <param name="Seed">Of the order behind the first.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
internal sealed record PendingClick(PlayId Play, TrackId[] Tracks, ulong Seed, Instant ClickedAt)
{
    /// <summary>How it stood on the device that it is taken over from; null for what begins here.</summary>
    public PlaybackSnapshot? Snapshot { get; init; }

    /// <summary>The track that begins.</summary>
    public TrackId First => Tracks[Snapshot?.Place.Position ?? 0];

    /// <summary>Where in it, in samples of 48 kHz.</summary>
    public long Sample => Math.Max(0, Snapshot?.Place.Sample ?? 0);

    /// <summary>What was put into the queue meanwhile.</summary>
    public QueueAdditions Additions { get; } = new();

    /// <summary>The queue that it makes in place of another, with its first track current.</summary>
    public PlayQueue ToQueue(PlayQueue before)
    {
        var queue = before.CreateSuccessor();
        if (Snapshot is { Place: var place } taken)
        {
            queue.Restore(taken.Tracks, taken.StraightOrder, place.Position);
            queue.Repeat = Enum.IsDefined(place.Repeat) ? place.Repeat : default;
        }
        else
        {
            queue.Add(Tracks);
            queue.TryAdvance();
            if (queue.IsShuffled)
                queue.Shuffle(Seed);
        }

        if (before.FromCurrent is [_, .. var coming])
            Additions.PutInto(queue, coming);

        return queue;
    }
}
