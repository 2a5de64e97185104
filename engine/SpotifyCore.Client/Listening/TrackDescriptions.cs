using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// What the tracks of the queue and of the latest plays are called, as far as it is known. Bounded: the others are
/// forgotten in time. Owned by the loop.
/// </summary>
internal sealed class TrackDescriptions(ClientRuntime runtime)
{
    private const int Limit = 3 * (PlayQueue.Limit + PlayJournal.Limit);

    private readonly Dictionary<TrackId, TrackInfo> _known = [];

    // What a click brought that is still being opened is in no queue yet.
    private IReadOnlyList<TrackInfo> _latest = [];

    /// <summary>Grows with each change of what is kept of a track.</summary>
    public long Version { get; private set; }

    /// <summary>What is known of a track: its id at least.</summary>
    public TrackInfo Of(TrackId track) => _known.TryGetValue(track, out var known) ? known : TrackInfo.Unknown(track);

    /// <summary>Takes what is known of tracks that are to be queued.</summary>
    public void Learn(IReadOnlyList<TrackInfo> tracks)
    {
        _latest = tracks;
        foreach (var track in tracks)
            Learn(track);
    }

    /// <summary>Takes what became known of a track; an id alone says nothing new.</summary>
    public void Learn(TrackInfo track)
    {
        var isKnown = _known.TryGetValue(track.Id, out var before);
        if (isKnown && track.Title.Length == 0)
            return;

        if (!isKnown && _known.Count >= Limit)
            Forget();

        _known[track.Id] = track;
        if (before is null || !KeptQueuedTrack.Of(track).IsSameAs(KeptQueuedTrack.Of(before)))
            Version++;
    }

    private void Forget()
    {
        var playback = runtime.Playback;
        var named = playback.Queue.Entries.Select(static entry => entry.Track)
            .Concat(playback.Journal.Plays.Select(static play => play.Sound))
            .Concat(_latest.Select(static track => track.Id))
            .ToHashSet();
        foreach (var track in _known.Keys.Where(track => !named.Contains(track)).ToArray())
            _known.Remove(track);
    }
}
