using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// The queue, and the plays of it that are current and next: which begins, which follows, what comes after one that
/// failed.
/// </summary>
internal sealed class PlaySequence(CoreParts parts, Plays plays)
{
    /// <summary>Tracks in a row that may fail before the queue is given up.</summary>
    private const int MostFailures = 10;

    private readonly bool _isPaced = parts.Options.IsPaced;
    private long _numbered;
    private int _failures;

    /// <summary>The queue.</summary>
    public PlayQueue Queue { get; private set; } = new();

    /// <summary>The play that sounds or is about to; null when nothing does.</summary>
    public TrackPlay? Current { get; private set; }

    /// <summary>The play that follows by itself; null when none is known yet.</summary>
    public TrackPlay? Next { get; private set; }

    /// <summary>The latest plays that were current.</summary>
    public PlayJournal Journal { get; } = new();

    /// <summary>Why the last play that failed did; null when none has since the last click.</summary>
    public PlayProblem? Problem { get; private set; }

    /// <summary>The click whose track is being opened while something else plays.</summary>
    public OpeningClick Opening { get; } = new();

    /// <summary>True while an advert plays.</summary>
    public bool IsAdvert => Current is { Advert: not null };

    /// <summary>How the output stands.</summary>
    public SetOutput Output { get; private set; } = new(IsPaused: false, Volume: 100, Crossfade: TimeSpan.Zero);

    /// <summary>True while the output may have what was not heard yet.</summary>
    public bool IsUnheard { get; private set; }

    private RetryTimer Retry => parts.Retry;

    /// <summary>A number for a play.</summary>
    public PlayId NewId() => new(++_numbered);

    /// <summary>
    /// Begins what was clicked on in place of the queue. If the first never sounds, what played goes on where it was, in
    /// its queue.
    /// </summary>
    /// <param name="click">The click.</param>
    /// <param name="isAsked">True when its track is being opened already.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">What is to be done.</param>
    public void Replace(PendingClick click, bool isAsked, Instant now, ActionBuffer actions)
    {
        if (isAsked)
            Opening.End();

        // What never sounded is no more to come back than what fails.
        var before = Current is null ? null : Current.InPlaceOf ?? new ReplacedPlay(
            Queue, Current.Entry, Current.PositionAt(RuntimeTime(now)), Output.IsPaused);
        Queue = click.ToQueue(Queue);
        var play = new TrackPlay(click.Play, Queue.Current!.Value, _isPaced) { IsAsked = isAsked, IsClick = true };
        Begin(play, click.ClickedAt, cuts: true, now, actions);
        play.InPlaceOf = before;
        if (click.Sample > 0)
            Seek(play, click.Sample, now, actions);
    }

    /// <summary>
    /// The queue, for who changes it and then calls <see cref="Announce"/>: what changed stays, though what was
    /// clicked on never sounds.
    /// </summary>
    public PlayQueue ChangeQueue()
    {
        if (Current is { } play)
            play.InPlaceOf = null;

        return Queue;
    }

    /// <summary>Begins the queue's current entry by a click.</summary>
    /// <param name="since">When the listener clicked.</param>
    /// <param name="cuts">True when it ends what sounds; false when it follows once that was heard.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">What is to be done.</param>
    public void BeginClicked(Instant since, bool cuts, Instant now, ActionBuffer actions)
    {
        var play = PlayOf(Queue.Current!.Value, now);
        play.IsClick = true;
        Begin(play, since, cuts, now, actions);
    }

    /// <summary>Begins an entry, which the queue says is current, anew from where it was.</summary>
    public void BeginAt(QueueEntry entry, long sample, Instant now, ActionBuffer actions)
    {
        var play = Make(entry);
        play.Since = RuntimeTime(now);
        Current = play;
        Journal.Add(play);
        var session = SessionOf(play);
        session.Cuts = true;
        plays.Choose(session, now, actions);
        if (sample > 0)
            Seek(play, sample, now, actions);

        TellPaused(now);
        Announce(now, actions);
    }

    /// <summary>The sound of the current play goes on elsewhere.</summary>
    public void Seek(TrackPlay play, long sample, Instant now, ActionBuffer actions)
    {
        play.MoveTo(sample, RuntimeTime(now));
        plays.Seek(play.Id, sample, now, actions);
    }

    /// <summary>Ends everything and empties the queue.</summary>
    public void Stop(Instant now, ActionBuffer actions)
    {
        Opening.CallOff(DeliveryFailure.Stopped, actions);
        Queue.Clear();
        CallOffUnheard(DeliveryFailure.Stopped);
        Cut(actions);
        Forget(now, actions);
        IsUnheard = false;
    }

    /// <summary>The output is gone: nothing can sound.</summary>
    public void StopForGood(PlayId play, Instant now, ActionBuffer actions)
    {
        CallOffUnheard(DeliveryFailure.Player);
        Stop(now, actions);
        Problem = new PlayProblem(play, DeliveryFailure.Player);
    }

    /// <summary>What went wrong is of no interest any more.</summary>
    public void ForgetProblem() => Problem = null;

    /// <summary>Changes how the output stands.</summary>
    public void SetOutput(in SetOutput output, ActionBuffer actions)
    {
        Output = output;
        parts.Claim.IsPaused = output.IsPaused;
        parts.Prefetcher.Overlap = output.Crossfade;
        actions.Add(output);
    }

    /// <summary>Makes the play that follows by itself the one that the queue says.</summary>
    public void Announce(Instant now, ActionBuffer actions)
    {
        // What comes after an advert is opened once that was heard, and not before.
        var entry = Current is null or { IsAway: true } or { Advert: not null } ? null : Queue.Next;
        if (Next?.Entry.Id == entry?.Id && Next?.Id == plays.Next?.Play)
            return;

        Next = entry is { } next ? Make(next) : null;
        plays.Announce(
            Next is null ? null : SessionOf(Next), now, actions);
    }

    /// <summary>A play's first PCM was handed to the output.</summary>
    public void NoteSounding(PlayId play)
    {
        IsUnheard = true;
        if (Current?.Id != play)
            return;

        _failures = 0;
        Retry.Reset();
    }

    /// <summary>All that was handed to the output was heard.</summary>
    public void NoteHeard() => IsUnheard = false;

    /// <summary>The current play's last sample was handed over at a time: what follows is current.</summary>
    public void GoOn(Instant at, Instant now, ActionBuffer actions)
    {
        if (IsAdvert)
        {
            EndAdvert(isFailed: false, at, now, actions);
            return;
        }

        plays.End(Current!.Id, now, actions);
        var next = Next;
        (Current, Next) = (null, null);
        if (!Queue.TryAdvance())
            return;

        if (next is null || next.Entry.Id != Queue.Current!.Value.Id)
        {
            Begin(Make(Queue.Current!.Value), at, cuts: false, now, actions);
            return;
        }

        Current = next;
        next.Since = at;
        Journal.Add(next);
        TellPaused(now);
        Announce(now, actions);
    }

    /// <summary>Goes on after the plays that the core gave up.</summary>
    /// <returns>True when there were any.</returns>
    public bool Settle(Instant now, ActionBuffer actions)
    {
        var hasSettled = false;
        while (plays.TryTakeFailed(out var failed))
        {
            if (Next?.Id == failed.Play)
                DropNext(now, actions);
            else if (Current?.Id == failed.Play)
                GiveUp(Current, failed, now, actions);
            else
                continue;

            hasSettled = true;
        }

        return hasSettled;
    }

    /// <summary>The next play can't be had now: it is tried again, from the beginning, when it is its turn.</summary>
    public void DropNext(Instant now, ActionBuffer actions, DeliveryFailure failure = DeliveryFailure.None)
    {
        if (plays.Next is { } session)
            session.Failure = failure;

        Next = null;
        plays.Announce(null, now, actions);
    }

    /// <summary>
    /// The current play can't go on, and the player has nothing of it any more since a time, by the runtime's clock.
    /// </summary>
    public void GoOnAfterFailure(Instant at, Instant now, ActionBuffer actions)
    {
        var failed = Current!;
        if (IsAdvert)
        {
            EndAdvert(isFailed: true, at, now, actions);
            return;
        }

        if (failed.Failure == DeliveryFailure.None)
            failed.Failure = DeliveryFailure.Player;

        Problem = new PlayProblem(failed.Id, failed.Failure);
        if (plays.Current is { } session && session.Play == failed.Id)
            session.Failure = failed.Failure;

        if (failed.InPlaceOf is { } before)
        {
            ComeBack(before, now, actions);
            return;
        }

        if (failed.Failure == DeliveryFailure.PlaysElsewhere)
        {
            WaitForListener(failed, now, actions);
            return;
        }

        // Who clicked and hears nothing goes on; what has begun, or comes by itself, is waited for.
        if (!failed.IsAway || failed is { IsClick: true, Start: null })
        {
            PassOver(at, now, actions);
            return;
        }

        failed.IsWaiting = true;
        Retry.Later(failed.Failure == DeliveryFailure.NoSource ? failed.File : null, parts.HasSource, now);
        if (Substitute(failed, now) is { } held)
            actions.Add(new CheckHeld(held.Track));
    }

    /// <summary>
    /// An advert is to be heard before a play's track is opened: it takes the place of that play, which comes after it. One
    /// that was heard already is waited out.
    /// </summary>
    public void PutBefore(in AdvertDue due, Instant now, ActionBuffer actions)
    {
        if (plays.Find(due.Play) is not { Download: null } session)
            return;

        var isHeard = due.Impression == plays.LastAdvert.Impression;
        if (Next?.Id == due.Play && isHeard)
            DropNext(now, actions);
        else if (Next?.Id == due.Play)
            PutNext(Next, due, now, actions);
        else if (Current?.Id == due.Play && isHeard)
            Plays.AskLater(session, now + due.Wait);
        else if (Current?.Id == due.Play)
            PutCurrent(Current, due, session.Cuts, now, actions);
    }

    /// <summary>Says whether a track can be played from the cache alone: who has no network hears what can.</summary>
    public void Held(TrackId track, bool isHeld, Instant now, ActionBuffer actions)
    {
        if (isHeld && Current is { IsWaiting: true } away && Substitute(away, now)?.Track == track)
            PassOver(RuntimeTime(now), now, actions);
    }

    /// <summary>
    /// Tries again, from where it was, a play whose sources were away; called when they may be back, or when a listener
    /// wants what the account's playing elsewhere kept from it.
    /// </summary>
    public void TryAgain(Instant now, ActionBuffer actions)
    {
        Retry.Done();
        if (Current is not { IsWaiting: true } away)
            return;

        if (away is { Start: null, IsClick: false })
            Journal.Drop(away);

        Problem = null;
        BeginAt(away.Entry, away.PositionAt(RuntimeTime(now)), now, actions);
    }

    private Instant RuntimeTime(Instant now) => parts.Clock.ToRuntime(now);

    /// <summary>What follows a play that has never sounded, and may be heard instead; what has begun is waited for.</summary>
    private QueueEntry? Substitute(TrackPlay away, Instant now) =>
        away.Start is null && away.PositionAt(RuntimeTime(now)) == 0
            && Queue.Next is { } next && next.Id != away.Entry.Id
            ? next
            : null;

    private void PutNext(TrackPlay before, in AdvertDue due, Instant now, ActionBuffer actions)
    {
        Next = new TrackPlay(NewId(), before.Entry, _isPaced) { Advert = new PlayedAdvert(due.Advert, due.Impression) };
        plays.Announce(SessionOf(Next), now, actions);
    }

    private void PutCurrent(TrackPlay before, in AdvertDue due, bool cuts, Instant now, ActionBuffer actions)
    {
        CallOffUnheard(DeliveryFailure.AdvertPlays);
        Journal.Drop(before);
        var advert = new PlayedAdvert(due.Advert, due.Impression) { ResumeAt = before.PositionAt(RuntimeTime(now)) };
        var play = new TrackPlay(NewId(), before.Entry, _isPaced)
        {
            Advert = advert,
            Since = before.IsClick ? before.Since : RuntimeTime(now),
            IsClick = before.IsClick,
            InPlaceOf = before.InPlaceOf,
        };
        (Current, Next) = (play, null);
        Journal.Add(play);
        var session = SessionOf(play);
        session.Cuts = cuts;
        plays.Choose(session, now, actions);
        TellPaused(now);
        Announce(now, actions);
    }

    /// <summary>The current play is an advert, and over at a time, by the runtime's clock: what it stood before begins.</summary>
    private void EndAdvert(bool isFailed, Instant at, Instant now, ActionBuffer actions)
    {
        var over = Current!;
        plays.LastAdvert = new AdvertOutcome(over.Advert!.Impression, isFailed);
        plays.End(over.Id, now, actions);
        (Current, Next) = (null, null);

        // It may have been taken out of the queue meanwhile.
        if (Queue.Current is null && !Queue.TryAdvance())
        {
            Forget(now, actions);
            return;
        }

        var entry = Queue.Current!.Value;
        if (entry.Id == over.Entry.Id && over.Advert.ResumeAt > 0)
        {
            BeginAt(entry, over.Advert.ResumeAt, now, actions);
            return;
        }

        // Who clicked and heard nothing of it waits for the track as if there had been none.
        var play = Make(entry);
        play.IsClick = over is { IsClick: true, Start: null } && entry.Id == over.Entry.Id;
        Begin(play, play.IsClick ? over.Since : at, cuts: false, now, actions);
        play.InPlaceOf = play.IsClick ? over.InPlaceOf : null;
    }

    private PlaySession SessionOf(TrackPlay play) =>
        new(play.Id, play.Sound, _isPaced) { IsAdvert = play.Advert is not null };

    private void GiveUp(TrackPlay play, PlaySession failed, Instant now, ActionBuffer actions)
    {
        play.Failure = failed.Failure;

        // Nothing follows before it is tried again or another begins.
        if (play.IsAway)
            DropNext(now, actions);

        // What the player has already is sounded first; it then reports the failure itself.
        if (failed is { IsLoaded: true, Sounds: true })
            return;

        if (failed.IsLoaded)
            actions.Add(new StopPlay(PlayId.None));

        GoOnAfterFailure(RuntimeTime(now), now, actions);
    }

    private void PassOver(Instant at, Instant now, ActionBuffer actions)
    {
        if (++_failures >= MostFailures)
        {
            Queue.Clear();
            DropNext(now, actions);
        }

        if (plays.Current?.Play == Current!.Id && plays.Next is { IsLoaded: true })
        {
            // The player has gone over to the next by itself.
            GoOn(at, now, actions);
            return;
        }

        if (Queue.TryAdvance())
            Begin(PlayOf(Queue.Current!.Value, now), at, cuts: false, now, actions);
        else
            Forget(now, actions);
    }

    /// <summary>
    /// The account plays elsewhere: a play waits, paused, until a listener wants it here. He may have since that was asked.
    /// </summary>
    private void WaitForListener(TrackPlay refused, Instant now, ActionBuffer actions)
    {
        refused.IsWaiting = true;
        if (parts.Claim.IsWanted(now) && !parts.Claim.IsAsking)
            TryAgain(now, actions);
        else if (!Output.IsPaused)
            SetOutput(Output with { IsPaused = true }, actions);
    }

    /// <summary>What a click replaced goes on: what was clicked on never sounded.</summary>
    private void ComeBack(ReplacedPlay before, Instant now, ActionBuffer actions)
    {
        var isPaused = before.IsPaused || Output.IsPaused;
        before.Queue.Succeed(Queue);
        Queue = before.Queue;
        Cut(actions);
        if (isPaused)
            SetOutput(Output with { IsPaused = true }, actions);

        BeginAt(before.Entry, before.Sample, now, actions);
    }

    private void Begin(TrackPlay play, Instant since, bool cuts, Instant now, ActionBuffer actions)
    {
        Retry.Reset();
        CallOffUnheard(DeliveryFailure.Replaced);
        if (play.IsClick)
        {
            Opening.CallOff(DeliveryFailure.Replaced, actions);
            (Problem, _failures) = (null, 0);
        }

        play.Since = since;
        (Current, Next) = (play, null);
        Journal.Add(play);
        if (cuts)
            Cut(actions);

        var session = SessionOf(play);
        (session.Cuts, session.IsAsked) = (cuts, play.IsAsked);
        plays.Choose(session, now, actions);
        TellPaused(now);
        Announce(now, actions);
    }

    /// <summary>The next play, from its start, where it is of that entry; else a new one.</summary>
    private TrackPlay PlayOf(QueueEntry entry, Instant now)
    {
        if (Next is not { } prepared || prepared.Entry.Id != entry.Id)
            return Make(entry);

        prepared.BeginAnew(RuntimeTime(now));
        return prepared;
    }

    private TrackPlay Make(QueueEntry entry) => new(NewId(), entry, _isPaced);

    /// <summary>Ends what sounds and what follows it, heard or not; what comes next is not paused.</summary>
    private void Cut(ActionBuffer actions)
    {
        actions.Add(new StopPlay(PlayId.None));
        if (Output.IsPaused)
            SetOutput(Output with { IsPaused = false }, actions);
    }

    private void TellPaused(Instant now)
    {
        if (Output.IsPaused)
            plays.SetPaused(Current!.Id, paused: true, now);
    }

    /// <summary>A click that never sounded is over: why, is said when the play is closed.</summary>
    private void CallOffUnheard(DeliveryFailure reason)
    {
        if (Current is { IsClick: true, Start: null } && plays.Current is { Failure: DeliveryFailure.None } session)
            session.Failure = reason;
    }

    private void Forget(Instant now, ActionBuffer actions)
    {
        Retry.Reset();
        (Current, Next) = (null, null);
        plays.Stop(now, actions);
    }
}
