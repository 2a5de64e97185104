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

    private readonly TrackQueue _queue = new();
    private readonly List<TaskCompletionSource> _untilStopped = [];
    private PlayId _announced;
    private long _plays;
    private int _failures;
    private bool _isUnheard;

    /// <summary>The play that sounds or is about to; null when nothing does.</summary>
    public ActivePlay? Current { get; private set; }

    /// <summary>The play that follows by itself; null when none is known yet.</summary>
    public ActivePlay? Next { get; private set; }

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

    /// <summary>Begins these tracks in place of the queue.</summary>
    public ActivePlay Replace(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        _queue.Clear();
        _queue.Add(tracks);
        _queue.TryAdvance();
        return Begin(clicked, isClick: true, cuts: true);
    }

    /// <summary>Puts tracks at the end of the queue; begins them when nothing plays.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public void Append(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        _queue.Add(tracks);
        if (Current is null && _queue.TryAdvance())
            Begin(clicked, isClick: true, cuts: !_isUnheard);
        else
            Announce();
    }

    /// <summary>Puts tracks where they play next; begins them when nothing plays.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public void Insert(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        if (Current is null)
        {
            Append(tracks, clicked);
            return;
        }

        _queue.AddNext(tracks);
        Announce();
    }

    /// <summary>
    /// Takes entries out of the queue; the current one, if it is among them, gives way to what follows.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int Remove(IReadOnlyList<long> entries, long clicked)
    {
        var playing = Current?.Entry.Id;
        var removed = entries.Count(_queue.Remove);
        if (playing is { } entry && entries.Contains(entry))
            Skip(clicked);
        else
            Announce();

        return removed;
    }

    /// <summary>
    /// Moves an entry that has not played; false when there is none such. Place 1 is the one that plays next.
    /// </summary>
    public bool Move(long entry, int place)
    {
        var isMoved = _queue.Move(entry, place);
        Announce();
        return isMoved;
    }

    /// <summary>Takes out everything but what plays.</summary>
    public void KeepCurrent()
    {
        _queue.KeepCurrent();
        Announce();
    }

    /// <summary>Puts what has not played in an order that follows from a seed, or all in its own again.</summary>
    public void SetShuffle(bool isShuffled, ulong seed)
    {
        _queue.SetShuffle(isShuffled, seed);
        Announce();
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
        _queue.Clear();
        Current?.Fail("The playback was stopped.");
        hand.Cut();
        Forget();
        driver.Raise(ClientEvent.Stop());
        _isUnheard = false;
        TellStopped();
    }

    /// <summary>Completes when nothing plays any more and all is heard.</summary>
    public Task WhenStoppedAsync()
    {
        if (Current is null && !_isUnheard)
            return Task.CompletedTask;

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _untilStopped.Add(stopped);
        return stopped.Task;
    }

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
            TellStopped();
    }

    /// <summary>The current play's last sample was handed over: what follows is current, for the core too.</summary>
    public void GoOn(long timestamp)
    {
        driver.Raise(ClientEvent.PlayEnded(Current!.Id));
        (Current, _announced) = (null, PlayId.None);
        if (!_queue.TryAdvance())
        {
            Next = null;
            return;
        }

        if (Next is null || Next.Entry.Id != _queue.Current.Id)
        {
            Begin(timestamp, isClick: false, cuts: false);
            return;
        }

        (Current, Next) = (Next, null);
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
            TellStopped();
    }

    /// <summary>The next play can't be had now: it is tried again, from the beginning, when it is its turn.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="coreKnows">True when the core has forgotten it.</param>
    public void DropNext(string reason, bool coreKnows)
    {
        ClientLog.PlayFailed(ground.Logger, Next!.Track.Id, reason);
        TakeNextBack();
        if (!coreKnows)
            TellNothingFollows();
    }

    /// <summary>
    /// The current play has no source now: nothing follows before it is tried again or another begins. Called while an
    /// event is being handled.
    /// </summary>
    public void NoteAway()
    {
        Current!.IsAway = true;
        TakeNextBack();
        driver.Post(() =>
        {
            // Another may have begun meanwhile, and have its own to follow.
            if (_announced == PlayId.None)
                TellNothingFollows();
        });
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
            (Problem, _failures) = ("", 0);

        var entry = _queue.Current;
        var play = Next?.Entry.Id == entry.Id ? Next.Again() : Make(entry);
        (play.Since, play.Clicked, play.Cuts) = (since, isClick, cuts);
        if (play.Id == _announced)
            _announced = PlayId.None;

        (Current, Next) = (play, null);
        Journal.Add(play);
        if (cuts)
            hand.Cut();

        driver.Raise(ClientEvent.Chosen(play.Id, play.Track.Id, isPaced));
        TellPaused();
        hand.Prepare(play);
        Announce();
        return play;
    }

    /// <summary>Tells the core what follows, when that has changed.</summary>
    private void Announce()
    {
        var entry = Current is null or { IsAway: true } ? null : _queue.Next;
        if (entry?.Id == Next?.Entry.Id && (Next?.Id ?? PlayId.None) == _announced)
            return;

        hand.Withdraw(Next);
        Next = entry is { } following ? Make(following) : null;
        _announced = Next?.Id ?? PlayId.None;
        driver.Raise(ClientEvent.NextAnnounced(_announced, Next?.Track.Id ?? default, isPaced));
    }

    private void TakeNextBack()
    {
        hand.Withdraw(Next);
        (Next, _announced) = (null, PlayId.None);
    }

    private void TellNothingFollows() => driver.Raise(ClientEvent.NextAnnounced(PlayId.None, default, isPaced));

    private ActivePlay Make(QueueEntry entry) => new(new PlayId(++_plays), entry, _queue.InfoOf(entry));

    private void TellPaused()
    {
        if (hand.IsPaused)
            driver.Raise(ClientEvent.Paused(Current!.Id));
    }

    private void Forget()
    {
        retry.Reset();
        (Current, Next, _announced) = (null, null, PlayId.None);
    }

    private void TellStopped()
    {
        foreach (var waiting in _untilStopped)
            waiting.TrySetResult();

        _untilStopped.Clear();
    }
}
