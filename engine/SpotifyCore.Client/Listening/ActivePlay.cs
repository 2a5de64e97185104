using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Playback.Queueing;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// One play as the shell sees it, from the click or announcement until it falls out of the statistics. Owned by the
/// loop.
/// </summary>
internal sealed class ActivePlay(PlayId id, QueueEntry entry, TrackInfo track)
{
    // Reports come ten times a second; the first after a seek is of its very place.
    private const long Near = AudioFormat.SampleRate;

    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long? _soughtTo;

    /// <summary>Names the play to core and player.</summary>
    public PlayId Id { get; } = id;

    /// <summary>Its place in the queue.</summary>
    public QueueEntry Entry { get; } = entry;

    /// <summary>What is played; no more than its id before it is open, perhaps.</summary>
    public TrackInfo Track { get; set; } = track;

    /// <summary>True for a click.</summary>
    public bool Clicked { get; set; }

    /// <summary>True when it ends what sounds before it; false when it follows once that was heard.</summary>
    public bool Cuts { get; set; }

    /// <summary>Timestamp of the click, or of the last sample of the track before.</summary>
    public long Since { get; set; }

    /// <summary>What the player needs, once the track is open.</summary>
    public PlayableTrack? Playable { get; set; }

    /// <summary>True once the player has it.</summary>
    public bool IsGiven { get; set; }

    /// <summary>True once the core said that it may sound.</summary>
    public bool MaySound { get; set; }

    /// <summary>From <see cref="Since"/> to the first PCM.</summary>
    public TimeSpan? Start { get; set; }

    /// <summary>Where the sound is, or begins, in samples.</summary>
    public long Position { get; private set; }

    /// <summary>True while it should sound and does not, for want of data.</summary>
    public bool IsSilent { get; set; }

    /// <summary>True when it failed because those that have its data are away: it may be tried again.</summary>
    public bool IsAway { get; set; }

    /// <summary>True once it failed so, and waits to be tried again.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>
    /// What comes back if it never sounds; null when nothing played before the click, or the queue was changed since.
    /// </summary>
    public ReplacedPlay? InPlaceOf { get; set; }

    /// <summary>Times the output ran dry.</summary>
    public int Stutters { get; set; }

    /// <summary>Samples per channel handed to the output.</summary>
    public long Samples { get; set; }

    /// <summary>True once its last sample was handed over.</summary>
    public bool Ended { get; set; }

    /// <summary>What the core counted when it forgot the play.</summary>
    public PlayStatistics? Statistics { get; set; }

    /// <summary>Completes when it sounds; faults with <see cref="PlaybackException"/> when it never will.</summary>
    public Task Decided => _decided.Task;

    /// <summary>
    /// Begins anew what was prepared to follow: the core fills a new feed from its start, and what the player was given
    /// before is dropped by it.
    /// </summary>
    public ActivePlay Again()
    {
        if (Playable is { } prepared)
            Playable = prepared with { Feed = new ChunkFeed(prepared.Manifest, prepared.Feed.Window) };

        (IsGiven, MaySound, IsSilent, Start, Position, _soughtTo) = (false, false, false, null, 0, null);
        return this;
    }

    /// <summary>The sound goes on there: what the player still tells of the place before is of no interest.</summary>
    public void MoveTo(long sample) => (Position, _soughtTo) = (sample, sample);

    /// <summary>The player says where the sound is.</summary>
    public void Advance(long sample)
    {
        if (_soughtTo is { } sought && Math.Abs(sample - sought) > Near)
            return;

        (Position, _soughtTo) = (sample, null);
    }

    /// <summary>It sounds.</summary>
    public void Succeed()
    {
        InPlaceOf = null;
        _decided.TrySetResult();
    }

    /// <summary>It never will.</summary>
    public void Fail(string reason)
    {
        if (_decided.TrySetException(new PlaybackException(reason)))
            _ = _decided.Task.Exception; // Observed: not everybody waits for it.
    }

    /// <summary>The report of it now.</summary>
    /// <param name="statistics">What the core has counted, or null when it has forgotten the play.</param>
    public PlayReport Report(PlayStatistics? statistics)
    {
        var counted = Statistics ?? statistics;
        var bytes = counted is null ? default : new BytesBySource(
            counted.Played(Tier.Cache),
            counted.Played(Tier.Peers),
            counted.Played(Tier.Production),
            counted.Played(Tier.Master));
        return new PlayReport(Track.Id, counted?.Cold ?? false, Start, Clicked, bytes, Stutters, Samples, Ended)
        {
            Described = Track,
        };
    }
}
