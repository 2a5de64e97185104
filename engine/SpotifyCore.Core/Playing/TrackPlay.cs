using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// One play of a queue's track, or of an advert before it, as a listener knows it, from the click or announcement until it falls out of the
/// journal. Written by the core, on its loop; read there. Times are the runtime's.
/// </summary>
public sealed class TrackPlay
{
    private readonly SoundPosition _position;
    private bool _isSought;
    private Instant? _resumedAt;
    private long _heardFrom;
    private long _heard;

    internal TrackPlay(PlayId id, QueueEntry entry, bool isPaced)
    {
        (Id, Entry) = (id, entry);
        _position = new SoundPosition(isPaced);
    }

    /// <summary>Names the play.</summary>
    public PlayId Id { get; }

    /// <summary>Its place in the queue, and its track.</summary>
    public QueueEntry Entry { get; }

    /// <summary>The advert that it is, which stands before the track; null for the track itself.</summary>
    public PlayedAdvert? Advert { get; internal init; }

    /// <summary>What sounds: the track, or the advert.</summary>
    public TrackId Sound => Advert?.Sound ?? Entry.Track;

    /// <summary>True for a click.</summary>
    public bool IsClick { get; internal set; }

    /// <summary>When the listener clicked, or the last sample of the track before was handed to the output.</summary>
    public Instant Since { get; internal set; }

    /// <summary>
    /// From <see cref="Since"/> to the first PCM, or from when the pause before that was over; null while it has not
    /// sounded.
    /// </summary>
    public TimeSpan? Start { get; private set; }

    /// <summary>True while it should sound and does not, for want of data.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>True while those that have its data are away, and it waits to be tried again.</summary>
    public bool IsWaiting { get; internal set; }

    /// <summary>Times the output ran dry.</summary>
    public int Stutters { get; internal set; }

    /// <summary>Samples per channel handed to the output, once the player has told.</summary>
    public long Samples { get; internal set; }

    /// <summary>True once its last sample was handed over.</summary>
    public bool HasEnded { get; internal set; }

    /// <summary>What it used so far, also after its end; null before its track is open.</summary>
    public PlayStatistics? Statistics { get; private set; }

    /// <summary>Samples of its file; the most there are before it is open.</summary>
    internal long Length { get; private set; } = long.MaxValue;

    /// <summary>Its file; null before it is open.</summary>
    internal FileId? File { get; private set; }

    /// <summary>True once its track is being opened: by a click that waited for that.</summary>
    internal bool IsAsked { get; init; }

    /// <summary>Why the core gave it up; none while it has not.</summary>
    public DeliveryFailure Failure { get; internal set; }

    /// <summary>
    /// What comes back if it never sounds; null when nothing played before the click, or the queue was changed since.
    /// </summary>
    internal ReplacedPlay? InPlaceOf { get; set; }

    /// <summary>True when it failed because those that have its data are away.</summary>
    internal bool IsAway => Failure.IsAway();

    /// <summary>Where the sound is, or begins, in samples.</summary>
    public long PositionAt(Instant now) => Math.Clamp(_position.SampleAt(now), 0, Length);

    /// <summary>Samples that were heard so far, of all its places, while it is current.</summary>
    public long HeardAt(Instant now) => Math.Max(Samples, _heard + Math.Max(0, PositionAt(now) - _heardFrom));

    /// <summary>Its track is open.</summary>
    internal void Opened(Manifest manifest, PlayStatistics statistics, Instant now)
    {
        (Length, File, Statistics) = (manifest.Samples, manifest.File, statistics);
        if (_position.SampleAt(now) > Length)
            MoveTo(Length, now);
    }

    /// <summary>What was prepared to follow is begun anew, from its start.</summary>
    internal void BeginAnew(Instant now)
    {
        (IsSilent, Start, _isSought, _resumedAt) = (false, null, false, null);
        (_heard, _heardFrom) = (0, 0);
        _position.Set(0, now, isMoving: false);
    }

    /// <summary>The sound goes on there, once the player says that it does.</summary>
    internal void MoveTo(long sample, Instant now)
    {
        (_heard, _heardFrom) = (HeardAt(now), sample);
        _position.Set(sample, now, isMoving: false);
        _isSought = true;
    }

    /// <summary>The player says where the sound was at a time.</summary>
    internal void Advance(long sample, Instant at, bool isPaused, Instant now)
    {
        _isSought = false;
        _position.Correct(sample, at, isMoving: !isPaused && !IsSilent && Start is not null, now);
    }

    /// <summary>It falls silent though it should sound, or sounds again.</summary>
    internal void SetSilent(bool isSilent, bool isPaused, Instant now)
    {
        IsSilent = isSilent;
        if (isSilent)
            _position.Hold(now);
        else if (!isPaused)
            GoOn(now);
    }

    /// <summary>Its first PCM was handed over at a time.</summary>
    internal void Begin(Instant at)
    {
        var start = at - (_resumedAt ?? Since);
        Start = start > TimeSpan.Zero ? start : TimeSpan.Zero;
    }

    /// <summary>A pause is over.</summary>
    internal void Resume(Instant now)
    {
        if (Start is null)
            _resumedAt = now;

        GoOn(now);
    }

    /// <summary>The sound stands.</summary>
    internal void Hold(Instant now) => _position.Hold(now);

    /// <summary>The sound, if there is any, goes on from where it stands.</summary>
    internal void GoOn(Instant now)
    {
        if (!IsSilent && Start is not null && !_isSought)
            _position.GoOn(now);
    }
}
