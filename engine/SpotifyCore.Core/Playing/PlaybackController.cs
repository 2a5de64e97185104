using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// What plays now: the queue, the plays of it that are current and next, and what a listener and the player make of
/// them. Part of the core, which tells it by events; what it wants of the player comes out as actions. Read on the
/// core's loop. Times of plays are the runtime's.
/// </summary>
public sealed class PlaybackController
{
    /// <summary>Who goes back after 3 s of a track wants to hear it again.</summary>
    private const long HeardEnough = 3 * SoundPosition.SampleRate;

    private const int FullVolume = 100;

    private readonly CoreParts _parts;
    private readonly Plays _plays;
    private readonly PlaySequence _sequence;

    internal PlaybackController(CoreParts parts, Plays plays)
    {
        (_parts, _plays) = (parts, plays);
        _sequence = new PlaySequence(parts, plays);
    }

    /// <summary>The queue, to be read: what changes it is told by events.</summary>
    public PlayQueue Queue => _sequence.Queue;

    /// <summary>The play that sounds or is about to; null when nothing does.</summary>
    public TrackPlay? Current => _sequence.Current;

    /// <summary>True while an advert plays: it is heard to its end, whatever a listener chooses but to stop or to pause.</summary>
    public bool IsAdvert => _sequence.IsAdvert;

    /// <summary>The play that follows by itself; null when none is known yet.</summary>
    public TrackPlay? Next => _sequence.Next;

    /// <summary>
    /// The play that the latest <see cref="TracksChosen"/> or <see cref="PlaybackTakenOver"/> is or becomes; none before the
    /// first.
    /// </summary>
    public PlayId LatestClick { get; private set; }

    /// <summary>True while the listener wants no sound.</summary>
    public bool IsPaused => _sequence.Output.IsPaused;

    /// <summary>How loud, in percent.</summary>
    public int Volume => _sequence.Output.Volume;

    /// <summary>How long the end of a track and the beginning of the next sound together.</summary>
    public TimeSpan Crossfade => _sequence.Output.Crossfade;

    /// <summary>Why the last play that failed did; null when none has since the last click.</summary>
    public PlayProblem? Problem => _sequence.Problem;

    /// <summary>The latest plays that were current.</summary>
    public PlayJournal Journal => _sequence.Journal;

    /// <summary>True when nothing plays any more and all is heard.</summary>
    public bool IsOver => Current is null && !_sequence.IsUnheard;

    /// <summary>True for a play that is current, next, or a click that is being opened: its track is wanted.</summary>
    public bool IsWanted(PlayId play) =>
        play != PlayId.None && (Current?.Id == play || Next?.Id == play || _sequence.Opening.Pending?.Play == play);

    private StreamClaim Claim => _parts.Claim;

    /// <summary>Where the listener is in the queue.</summary>
    public PlaybackPlace PlaceAt(Instant now) => new(
        Current is null ? -1 : Queue.Position,
        Current is { Advert: { } advert } ? advert.ResumeAt : Current?.PositionAt(now) ?? 0,
        IsPaused && Current is not null,
        Queue.Repeat,
        Volume,
        Crossfade);

    /// <summary>How it stands, as data for <see cref="PlaybackRestored"/>.</summary>
    public PlaybackSnapshot SnapshotAt(Instant now) =>
        new([.. Queue.Entries.Select(static entry => entry.Track)], Queue.StraightOrder, PlaceAt(now));

    internal void Choose(TrackId[] tracks, ulong seed, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (tracks.Length is > 0 and <= PlayQueue.Limit && !IsAdvert)
            Click(new PendingClick(_sequence.NewId(), tracks, seed, clickedAt), now, actions);
    }

    internal void TakeOver(PlaybackSnapshot snapshot, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        var tracks = snapshot.Tracks;
        if (tracks.Length > PlayQueue.Limit || snapshot.Place.Position < 0 || snapshot.Place.Position >= tracks.Length || IsAdvert)
            return;

        Click(new PendingClick(_sequence.NewId(), tracks, 0, clickedAt) { Snapshot = snapshot }, now, actions);
    }

    internal void ChangeAccount(bool isAnother)
    {
        _sequence.ForgetProblem();
        if (isAnother)
            Journal.Forget(Current);
    }

    internal void Append(TrackId[] tracks, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (tracks.Length == 0 || !Queue.HasRoomFor(tracks.Length))
            return;

        var entries = _sequence.ChangeQueue().Add(tracks);
        _sequence.Opening.Pending?.Additions.AddLast(entries);
        if (Current is null && Queue.TryAdvance())
            BeginClicked(clickedAt, cuts: !_sequence.IsUnheard, now, actions);
        else
            _sequence.Announce(now, actions);
    }

    internal void Insert(TrackId[] tracks, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (Current is null)
        {
            Append(tracks, clickedAt, now, actions);
            return;
        }

        if (!Queue.HasRoomFor(tracks.Length))
            return;

        var entries = _sequence.ChangeQueue().AddNext(tracks);
        _sequence.Opening.Pending?.Additions.AddNext(entries);
        _sequence.Announce(now, actions);
    }

    internal void Remove(long[] entries, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        var queue = _sequence.ChangeQueue();
        foreach (var entry in entries)
            queue.Remove(entry);

        if (Current is { } playing && entries.Contains(playing.Entry.Id))
            Skip(clickedAt, now, actions);
        else
            _sequence.Announce(now, actions);
    }

    internal void Move(long entry, int place, Instant now, ActionBuffer actions)
    {
        if (place > 0)
            _sequence.ChangeQueue().MoveBehindCurrent(entry, place);

        _sequence.Announce(now, actions);
    }

    internal void KeepCurrent(Instant now, ActionBuffer actions)
    {
        _sequence.ChangeQueue().KeepCurrent();
        _sequence.Announce(now, actions);
    }

    internal void Shuffle(bool isShuffled, ulong seed, Instant now, ActionBuffer actions)
    {
        var queue = _sequence.ChangeQueue();
        if (isShuffled)
            queue.Shuffle(seed);
        else
            queue.Unshuffle();

        _sequence.Announce(now, actions);
    }

    internal void SetRepeat(RepeatMode repeat, Instant now, ActionBuffer actions)
    {
        Queue.Repeat = repeat;
        _sequence.Announce(now, actions);
    }

    internal void SetVolume(int percent, ActionBuffer actions) =>
        _sequence.SetOutput(_sequence.Output with { Volume = Math.Clamp(percent, 0, FullVolume) }, actions);

    internal void SetCrossfade(TimeSpan length, ActionBuffer actions) =>
        _sequence.SetOutput(_sequence.Output with { Crossfade = length }, actions);

    internal void Jump(long entry, Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (!IsAdvert && Queue.TryJump(entry))
            BeginClicked(clickedAt, cuts: true, now, actions);
    }

    internal void Skip(Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (IsAdvert)
            _sequence.Announce(now, actions);
        else if (Queue.TrySkip())
            BeginClicked(clickedAt, cuts: true, now, actions);
        else
            Stop(now, actions);
    }

    internal void GoBack(Instant clickedAt, Instant now, ActionBuffer actions)
    {
        if (IsAdvert)
            return;

        var hasHeardEnough = Current?.PositionAt(RuntimeTime(now)) >= HeardEnough;
        if (!hasHeardEnough && Queue.TryGoBack())
            BeginClicked(clickedAt, cuts: true, now, actions);
        else if (Current is { } again)
            _sequence.Seek(again, 0, now, actions);
    }

    internal void Seek(PlayId play, long sample, Instant now, ActionBuffer actions)
    {
        if (Current is { Advert: null } moved && moved.Id == play)
            _sequence.Seek(moved, Math.Clamp(sample, 0, moved.Length), now, actions);
    }

    internal void Pause(Instant now, ActionBuffer actions)
    {
        Claim.NoteUnwanted();
        _sequence.Opening.CallOff(DeliveryFailure.Paused, actions);
        Hold(now, actions);
    }

    /// <summary>The account plays on another device.</summary>
    internal void Yield(Instant now, ActionBuffer actions)
    {
        // What a listener wants meanwhile is not called off: whether that is later still, its own answer says.
        if (!Claim.IsAsking)
            Pause(now, actions);
        else if (_sequence.Opening.Pending is not null)
            Hold(now, actions);
    }

    internal void Resume(Instant now, ActionBuffer actions)
    {
        if (!IsPaused)
            return;

        Claim.NoteWanted(now);
        _sequence.SetOutput(_sequence.Output with { IsPaused = false }, actions);
        if (Current is not { } play)
            return;

        if (play is { IsWaiting: true, Failure: DeliveryFailure.PlaysElsewhere })
        {
            _sequence.TryAgain(now, actions);
            return;
        }

        play.Resume(RuntimeTime(now));
        _plays.SetPaused(play.Id, paused: false, now);
    }

    internal void Stop(Instant now, ActionBuffer actions) => _sequence.Stop(now, actions);

    internal void Restore(PlaybackSnapshot snapshot, Instant now, ActionBuffer actions)
    {
        var (tracks, straight, place) = snapshot;
        Claim.NoteUnwanted();
        Queue.Restore(tracks, straight, Math.Max(-1, place.Position));
        Queue.Repeat = Enum.IsDefined(place.Repeat) ? place.Repeat : default;
        var volume = Math.Clamp(place.Volume, 0, FullVolume);
        var isPaused = place.IsPaused && Queue.Current is not null;
        _sequence.SetOutput(new SetOutput(isPaused, volume, place.Crossfade), actions);
        if (Queue.Current is { } current)
            _sequence.BeginAt(current, Math.Max(0, place.Sample), now, actions);
    }

    internal void Opened(in TrackOpened occurred, Instant now, ActionBuffer actions)
    {
        var (play, track) = occurred;
        Claim.NoteOpened(play, occurred.IsStreamTaken);
        if (_sequence.Opening.Pending is { } click && click.Play == play)
            TakeUp(click, now, actions);

        _plays.Opened(play, track, now, actions);
        var opened = Current?.Id == play ? Current : Next?.Id == play ? Next : null;
        if (_plays.Find(play)?.Download is { } download)
            opened?.Opened(download.Manifest, download.Statistics, RuntimeTime(now));
    }

    internal void AdvertIsDue(in AdvertDue due, Instant now, ActionBuffer actions)
    {
        Claim.NoteOpened(due.Play, due.IsStreamTaken);
        if (_sequence.Opening.Pending is { } click && click.Play == due.Play)
            TakeUp(click, now, actions);

        _sequence.PutBefore(due, now, actions);
    }

    internal void OpenFailed(PlayId play, DeliveryFailure failure, Instant now, ActionBuffer actions)
    {
        Claim.NoteFailed(play, failure);
        if (_sequence.Opening.Pending?.Play == play)
            _sequence.Opening.CallOff(failure, actions);
        else
            _plays.OpenFailed(play, failure, now, actions);
    }

    internal void Advance(in PlaybackAdvanced advanced, Instant now)
    {
        if (Current is not { } play || play.Id != advanced.Play)
            return;

        var runtime = RuntimeTime(now);
        if (!advanced.IsReckoned)
            play.Advance(advanced.Sample, advanced.At ?? runtime, IsPaused, runtime);

        _plays.Advance(advanced with { Sample = play.PositionAt(runtime) }, now);
    }

    internal void Sounding(PlayId play, Instant at, Instant now)
    {
        _sequence.NoteSounding(play);

        // A report of a play that was begun anew since, which its time tells, is of no interest.
        if (Journal.Find(play) is not { } sounding || at < sounding.Since)
            return;

        sounding.Begin(at);
        sounding.InPlaceOf = null;
        if (!IsPaused)
            sounding.GoOn(RuntimeTime(now));
    }

    internal void Stuttered(PlayId play)
    {
        if (Journal.Find(play) is { } stuttering)
            stuttering.Stutters++;
    }

    internal void SetSilent(PlayId play, bool isSilent, Instant now)
    {
        if (Current?.Id == play)
            Current.SetSilent(isSilent, IsPaused, RuntimeTime(now));
    }

    internal void Ended(in PlayEnded ended, Instant now, ActionBuffer actions)
    {
        if (Journal.Find(ended.Play) is not { } play || ended.At < play.Since)
            return;

        (play.Samples, play.HasEnded) = (ended.Samples, ended.IsComplete);
        if (!ended.IsComplete || play != Current)
            return;

        _sequence.GoOn(ended.At, now, actions);
    }

    internal void Failed(PlayId play, Instant at, Instant now, ActionBuffer actions)
    {
        if (Next?.Id == play)
            _sequence.DropNext(now, actions, DeliveryFailure.Player);
        else if (Current is { IsWaiting: false } current && current.Id == play && at >= current.Since)
            _sequence.GoOnAfterFailure(at, now, actions);
    }

    internal void OutputFailed(PlayId play, Instant now, ActionBuffer actions) =>
        _sequence.StopForGood(play, now, actions);

    internal void Drained() => _sequence.NoteHeard();

    internal void Held(TrackId track, bool isHeld, Instant now, ActionBuffer actions) =>
        _sequence.Held(track, isHeld, now, actions);

    /// <summary>The time asked for has come.</summary>
    internal void Woken(Instant now, ActionBuffer actions)
    {
        if (now >= _parts.Retry.At)
            TryAgain(now, actions);
    }

    /// <summary>The sources of a play that waits may be back.</summary>
    internal void TryAgain(Instant now, ActionBuffer actions) => _sequence.TryAgain(now, actions);

    /// <summary>The access point is back: what is being opened may still fail, for it was asked before.</summary>
    internal void CameOnline(Instant now, ActionBuffer actions)
    {
        _parts.Retry.BeginAnew();
        TryAgain(now, actions);
    }

    /// <summary>Tells the access point whether it plays, if that has changed.</summary>
    internal void TellPlaying(Instant now, ActionBuffer actions) =>
        Claim.Tell(Current is { } play ? play.Start is not null : null, now, actions);

    /// <summary>Goes on after the plays that the core gave up; true when there were any.</summary>
    internal bool Settle(Instant now, ActionBuffer actions) => _sequence.Settle(now, actions);

    /// <summary>What a click opened takes the place of what plays, which may have become an advert meanwhile.</summary>
    private void TakeUp(PendingClick click, Instant now, ActionBuffer actions)
    {
        if (IsAdvert)
            _sequence.Opening.CallOff(DeliveryFailure.AdvertPlays, actions);
        else
            _sequence.Replace(click, isAsked: true, now, actions);
    }

    private void Hold(Instant now, ActionBuffer actions)
    {
        if (IsPaused || Current is not { } play)
            return;

        _sequence.SetOutput(_sequence.Output with { IsPaused = true }, actions);
        play.Hold(RuntimeTime(now));
        _plays.SetPaused(play.Id, paused: true, now);
    }

    private void Click(PendingClick click, Instant now, ActionBuffer actions)
    {
        Claim.NoteWanted(now);
        LatestClick = click.Play;
        if (Current is null)
            _sequence.Replace(click, isAsked: false, now, actions);
        else
            _sequence.Opening.Wait(click, OpeningOf(click), actions);
    }

    private void BeginClicked(Instant since, bool cuts, Instant now, ActionBuffer actions)
    {
        Claim.NoteWanted(now);
        _sequence.BeginClicked(since, cuts, now, actions);
    }

    private OpenTrack OpeningOf(PendingClick click) => new(click.Play, click.First)
    {
        LastAdvert = _plays.LastAdvert, Reason = Claim.AskClick(click.Play),
    };

    private Instant RuntimeTime(Instant now) => _parts.Clock.ToRuntime(now);
}
