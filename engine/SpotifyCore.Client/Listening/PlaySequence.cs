using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Queueing;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// The queue, and the plays of it that are current and next: which begins, which follows, what the core is told of
/// them. Everything on the loop.
/// </summary>
internal sealed class PlaySequence(
    PlayerHand hand, CoreDriver driver, ShellGround ground, PlayRetry retry, bool isPaced)
{
    /// <summary>Tracks in a row that may fail before the queue is given up.</summary>
    private const int MostFailures = 10;

    private const string Stopped = "The playback was stopped.";

    private readonly FollowingPlay _following = new(hand, driver, isPaced);
    private readonly StopWaiters _waiters = new();
    private TrackQueue _queue = new();
    private long _plays;
    private int _failures;
    private bool _isUnheard;

    /// <summary>The play that sounds or is about to; null when nothing does.</summary>
    public ActivePlay? Current { get; private set; }

    /// <summary>The play that follows by itself; null when none is known yet.</summary>
    public ActivePlay? Next => _following.Play;

    /// <summary>The click that waits for its track to be opened.</summary>
    public PendingClick Pending { get; } = new();

    /// <summary>Why the last track that failed did; empty when none has since the last click.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The latest plays that were current.</summary>
    public PlayJournal Journal { get; } = new();

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public RepeatMode Repeat
    {
        get => _queue.Repeat;
        set
        {
            _queue.Repeat = value;
            Announce();
        }
    }

    /// <summary>True while the order is a shuffled one.</summary>
    public bool IsShuffled => _queue.IsShuffled;

    /// <summary>Says whether a track can be played from the cache alone; set once.</summary>
    public Func<TrackId, bool> IsHeld { private get; set; } = static _ => false;

    /// <summary>Grows with each change of the queue.</summary>
    public long QueueVersion => _queue.Version;

    /// <summary>Where the current entry stands in the queue; -1 when none plays.</summary>
    public int Place => Current is null ? -1 : _queue.Position;

    /// <summary>The queue as it is kept.</summary>
    public KeptQueue ToKept() => _queue.ToKept();

    /// <summary>Takes up a queue that was kept, and begins its current track there.</summary>
    public void Restore(KeptQueue kept, int place, long sample)
    {
        _queue.Restore(kept, place);
        if (place >= 0)
            BeginAt(Make(_queue.Current), sample);
    }

    /// <summary>The tracks from the current one on.</summary>
    public List<QueuedTrack> Queued() => _queue.FromCurrent();

    /// <summary>The current or the next play, if it is that one.</summary>
    public ActivePlay? Find(PlayId id) => Current?.Id == id ? Current : Next?.Id == id ? Next : null;

    /// <summary>Takes what became known of a play's track.</summary>
    public void Learn(ActivePlay play, TrackInfo track)
    {
        play.Track = track;
        _queue.Learn(play.Entry, track);
    }

    /// <summary>
    /// Begins these tracks in place of the queue. If the first never sounds, what played goes on where it was, in its
    /// queue.
    /// </summary>
    public ActivePlay Replace(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        // What never sounded is no more to come back than what fails.
        var before = Current is null ? null : Current.InPlaceOf ?? new ReplacedPlay(_queue, Current, hand.IsPaused);
        var queue = _queue.CreateSuccessor();
        queue.Add(tracks);
        queue.TryAdvance();
        _queue = queue;
        var play = Begin(clicked, isClick: true, cuts: true);
        play.InPlaceOf = before;
        return play;
    }

    /// <summary>
    /// The queue, for who changes it and then calls <see cref="Announce"/>: what changed stays, though what was
    /// clicked on never sounds.
    /// </summary>
    public TrackQueue ChangeQueue()
    {
        if (Current is { } play)
            play.InPlaceOf = null;

        return _queue;
    }

    /// <summary>
    /// Begins what follows in the queue when nothing plays; false when something does, or nothing follows.
    /// </summary>
    public bool TryBegin(long clicked)
    {
        if (Current is not null || !_queue.TryAdvance())
            return false;

        Begin(clicked, isClick: true, cuts: !_isUnheard);
        return true;
    }

    /// <summary>Goes to the entry before; false, and nothing changes, when there is none.</summary>
    public bool TryGoBack(long clicked)
    {
        if (!_queue.TryGoBack())
            return false;

        Begin(clicked, isClick: true, cuts: true);
        return true;
    }

    /// <summary>Goes to an entry; false, and nothing changes, when there is none of that id.</summary>
    public bool TryJump(long entry, long clicked)
    {
        if (!_queue.TryJump(entry))
            return false;

        Begin(clicked, isClick: true, cuts: true);
        return true;
    }

    /// <summary>Goes to the following track; stops after the last.</summary>
    public void Skip(long clicked)
    {
        if (_queue.TrySkip())
            Begin(clicked, isClick: true, cuts: true);
        else
            Stop();
    }

    /// <summary>Ends everything and empties the queue.</summary>
    public void Stop()
    {
        Pending.CallOff(Stopped);
        _queue.Clear();
        Current?.Fail(Stopped);
        hand.Cut();
        Forget();
        driver.Raise(ClientEvent.Stop());
        _isUnheard = false;
        _waiters.Tell();
    }

    /// <summary>Tells the core what follows, when that has changed.</summary>
    public void Announce()
    {
        var entry = Current is null or { IsAway: true } ? null : _queue.Next;
        if (!_following.Is(entry?.Id))
            _following.Announce(entry is { } next ? Make(next) : null);
    }

    /// <summary>Completes when nothing plays any more and all is heard.</summary>
    public Task WhenStoppedAsync() =>
        Current is null && !_isUnheard ? Task.CompletedTask : _waiters.WaitAsync();

    /// <summary>A play's first PCM was handed to the output.</summary>
    public void NoteSounding()
    {
        _failures = 0;
        _isUnheard = true;
        retry.Reset();
    }

    /// <summary>All that was handed to the output was heard.</summary>
    public void NoteHeard()
    {
        _isUnheard = false;
        if (Current is null)
            _waiters.Tell();
    }

    /// <summary>The current play's last sample was handed over: what follows is current, for the core too.</summary>
    public void GoOn(long timestamp)
    {
        driver.Raise(ClientEvent.PlayEnded(Current!.Id));
        Current = null;
        var next = _following.TakeOver();
        if (!_queue.TryAdvance())
            return;

        if (next is null || next.Entry.Id != _queue.Current.Id)
        {
            Begin(timestamp, isClick: false, cuts: false);
            return;
        }

        Current = next;
        Current.Since = timestamp;
        Journal.Add(Current);
        TellPaused();
        Announce();
    }

    /// <summary>
    /// The current play can't go on, and neither player nor core, unless the player found it out, has it any more.
    /// </summary>
    public void GoOnAfterFailure(string reason)
    {
        var failed = Current!;
        ClientLog.PlayFailed(ground.Logger, failed.Track.Id, reason);
        Problem = reason;
        failed.Fail(reason);
        if (failed.InPlaceOf is { } before)
        {
            ComeBack(before);
            return;
        }

        if (failed is { IsAway: true } and not { Clicked: true, Start: null } && !MayPass(failed))
        {
            failed.IsWaiting = true;
            retry.Later();
            return;
        }

        if (++_failures >= MostFailures)
            _queue.Clear();

        var now = ground.Time.GetTimestamp();
        if (failed.Statistics is null && Next is { IsGiven: true } && _failures < MostFailures)
        {
            // The player has gone over to the next by itself.
            GoOn(now);
            return;
        }

        Current = null;
        if (_queue.TryAdvance())
        {
            Begin(now, isClick: false, cuts: false);
            return;
        }

        Forget();
        driver.Raise(ClientEvent.Stop());
        if (!_isUnheard)
            _waiters.Tell();
    }

    /// <summary>The next play can't be had now: it is tried again, from the beginning, when it is its turn.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="coreKnows">True when the core has forgotten it.</param>
    public void DropNext(string reason, bool coreKnows)
    {
        ClientLog.PlayFailed(ground.Logger, Next!.Track.Id, reason);
        _following.TakeBack();
        if (!coreKnows)
            _following.TellNothing();
    }

    /// <summary>
    /// The current play has no source now: nothing follows before it is tried again or another begins. Called while an
    /// event is being handled.
    /// </summary>
    public void NoteAway()
    {
        Current!.IsAway = true;
        _following.TakeBack();

        // Another may have begun by then, and have its own to follow.
        driver.Post(_following.TellNothing);
    }

    /// <summary>The output is gone: nothing can sound.</summary>
    public void StopForGood(string reason)
    {
        Problem = reason;
        Current?.Fail(reason);
        Stop();
    }

    /// <summary>
    /// Tries again, from where it was, a play whose sources were away; called when they may be back.
    /// </summary>
    public void TryAgain()
    {
        if (Current is not { IsWaiting: true } away)
            return;

        if (away is { Start: null, Clicked: false })
            Journal.Drop(away);

        Problem = "";
        BeginAt(Make(away.Entry), away.Position);
    }

    // Who has no network hears what is in the cache; what has begun is waited for.
    private bool MayPass(ActivePlay away) =>
        away is { Start: null, Position: 0 }
        && _queue.Next is { } next && next.Id != away.Entry.Id && IsHeld(next.Track);

    /// <summary>What a click replaced goes on: what was clicked on never sounded.</summary>
    private void ComeBack(ReplacedPlay before)
    {
        var isPaused = before.IsPaused || hand.IsPaused;
        before.Queue.Succeed(_queue);
        _queue = before.Queue;
        hand.Cut();
        if (isPaused)
            hand.Pause();

        BeginAt(Make(before.Play.Entry), before.Play.Position);
    }

    private void BeginAt(ActivePlay play, long sample)
    {
        (play.Since, play.Cuts) = (ground.Time.GetTimestamp(), true);
        Current = play;
        Journal.Add(play);
        driver.Raise(ClientEvent.Chosen(play.Id, play.Track.Id, isPaced));
        if (sample > 0)
        {
            play.MoveTo(sample);
            driver.Raise(ClientEvent.Seek(play.Id, sample));
        }

        TellPaused();
        Announce();
    }

    private ActivePlay Begin(long since, bool isClick, bool cuts)
    {
        retry.Reset();
        Current?.Fail("Another track was chosen.");
        if (isClick)
        {
            Pending.CallOff("Another track was chosen.");
            (Problem, _failures) = ("", 0);
        }

        var entry = _queue.Current;
        var play = Next?.Entry.Id == entry.Id ? Next.Again() : Make(entry);
        (play.Since, play.Clicked, play.Cuts) = (since, isClick, cuts);
        _following.GiveWay(play);
        Current = play;
        Journal.Add(play);
        if (cuts)
            hand.Cut();

        driver.Raise(ClientEvent.Chosen(play.Id, play.Track.Id, isPaced));
        TellPaused();
        hand.Prepare(play);
        Announce();
        return play;
    }

    private ActivePlay Make(QueueEntry entry) => new(new PlayId(++_plays), entry, _queue.InfoOf(entry));

    private void TellPaused()
    {
        if (hand.IsPaused)
            driver.Raise(ClientEvent.Paused(Current!.Id));
    }

    private void Forget()
    {
        retry.Reset();
        Current = null;
        _following.Forget();
    }
}
