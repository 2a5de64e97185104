using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Playback.Queueing;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// The listener's side of a client: the queue, the plays of it that are current and next, and the player. Turns what
/// the listener does and what the player reports into events, and carries out what the core wants of the player.
/// Everything on the loop.
/// </summary>
internal sealed class PlayDesk(Player player, PlayDeskOptions options, CoreDriver driver, TimeProvider time, ILogger logger)
    : IPlayObserver
{
    /// <summary>Tracks in a row that may fail before the queue is given up.</summary>
    private const int MostFailures = 10;

    private readonly Dictionary<TrackId, TrackInfo> _known = [];
    private readonly PlayQueue _queue = new();
    private readonly List<TaskCompletionSource> _untilStopped = [];
    private long _plays;
    private int _failures;
    private bool _paused;

    /// <summary>The play that sounds or is about to; null when nothing does.</summary>
    public ActivePlay? Current { get; private set; }

    /// <summary>The play that follows by itself; null when none is known yet.</summary>
    public ActivePlay? Next { get; private set; }

    /// <summary>Why the last track that failed did; empty when none has since the last click.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The latest plays.</summary>
    public PlayJournal Journal { get; } = new();

    /// <summary>What the player does.</summary>
    public PlayerState State => Current switch
    {
        null => PlayerState.Stopped,
        { Start: null } => PlayerState.Opening,
        _ when _paused => PlayerState.Paused,
        _ => PlayerState.Playing,
    };

    /// <summary>The tracks from the current one on.</summary>
    public List<TrackInfo> Queued() => _queue.Position < 0
        ? []
        : [.. _queue.Entries.Skip(_queue.Position).Select(entry => _known[entry.Track])];

    /// <summary>Plays these tracks in place of the queue. What comes of the first is its <see cref="ActivePlay.Decided"/>.</summary>
    public ActivePlay Play(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        _queue.Clear();
        _known.Clear();
        Add(tracks);
        _queue.TryAdvance();
        (Problem, _failures) = ("", 0);
        Resume();
        return Begin(clicked, isClick: true);
    }

    /// <summary>Puts tracks at the end of the queue, and plays them when nothing plays.</summary>
    public void Enqueue(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        Add(tracks);
        if (Current is null && _queue.TryAdvance())
            Begin(clicked, isClick: true);
        else
            Announce();
    }

    /// <summary>Goes to the next track; stops after the last.</summary>
    public void Skip(long clicked)
    {
        if (_queue.TrySkip())
            Begin(clicked, isClick: true);
        else
            Stop();
    }

    /// <summary>Goes to a place in the track that plays.</summary>
    public void Seek(TimeSpan position)
    {
        if (Current is not { } play)
            return;

        var sample = Math.Clamp((long)(position.TotalSeconds * 48_000), 0, play.Playable?.Manifest.Samples ?? long.MaxValue);
        play.Position = sample;
        driver.Raise(ClientEvent.Seek(play.Id, sample));
    }

    /// <summary>Stops the sound where it is.</summary>
    public void Pause()
    {
        if (_paused || Current is null)
            return;

        _paused = true;
        player.Pause();
        driver.Raise(ClientEvent.Paused(Current.Id));
    }

    /// <summary>Lets the sound go on.</summary>
    public void Resume()
    {
        if (!_paused)
            return;

        _paused = false;
        player.Resume();
        if (Current is not null)
            driver.Raise(ClientEvent.Resumed(Current.Id));
    }

    /// <summary>Ends what plays and empties the queue.</summary>
    public void Stop()
    {
        _queue.Clear();
        Current?.Fail("The playback was stopped.");
        (Current, Next) = (null, null);
        player.Stop();
        driver.Raise(ClientEvent.Stop());
        TellStopped();
    }

    /// <summary>Completes when nothing plays any more and all is heard.</summary>
    public Task WhenStoppedAsync()
    {
        if (Current is null)
            return Task.CompletedTask;

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _untilStopped.Add(stopped);
        return stopped.Task;
    }

    /// <summary>Chunks of a file that plays or is prefetched; 0 for others.</summary>
    public uint ChunksOf(FileId file)
    {
        foreach (var play in Journal.Plays)
        {
            if (play.Playable is { } playable && playable.Manifest.File == file)
                return playable.Manifest.ChunkCount;
        }

        return 0;
    }

    /// <summary>Takes what the player needs of a track that the core is about to be told is open.</summary>
    public void Opened(PlayId id, UnderstoodTrack opened)
    {
        if (Find(id) is not { Playable: null } play)
            return;

        (play.Track, _known[play.Entry.Track]) = (opened.Track, opened.Track);
        var feed = new ChunkFeed(opened.Core.Manifest, options.FeedWindow);
        play.Playable = new PlayableTrack(id, opened.Core.Manifest, opened.Key, opened.Album, feed);
        if (play == Current)
            Give(play);
    }

    /// <summary>Does what the core wants of player, feeds and plays.</summary>
    public void Carry(in ClientAction action, ReadOnlySpan<byte> chunk)
    {
        switch (action.Kind)
        {
            case ClientActionKind.Deliver:
                Find(action.Play)?.Playable?.Feed.Offer(action.Chunk, chunk);
                break;
            case ClientActionKind.Reposition:
                if (Find(action.Play) is { Playable: not null } moved)
                    Reposition(moved, action.Sample);
                break;
            case ClientActionKind.StartSounding:
                if (Find(action.Play) is { } ready)
                    Sound(ready);
                break;
            case ClientActionKind.Failed:
                GiveUp(action.Play, PlayProblems.Text(action.Failure));
                break;
            case ClientActionKind.PlayClosed:
                if (Journal.Find(action.Play) is { } closed)
                    closed.Statistics = action.Statistics;
                break;
        }
    }

    /// <inheritdoc/>
    public void Advanced(PlayId play, long position)
    {
        if (Current is not { Playable: { } playable } current)
            return;

        if (current.Id == play)
            current.Position = position;

        driver.Raise(ClientEvent.PlaybackAdvanced(current.Id, playable.Feed.Next, current.Position));
    }

    /// <inheritdoc/>
    public void Sounding(PlayId play, long timestamp)
    {
        if (Journal.Find(play) is not { } sounding)
            return;

        sounding.Start = time.GetElapsedTime(sounding.Since, timestamp);
        sounding.Succeed();
        _failures = 0;
    }

    /// <inheritdoc/>
    public void Stuttered(PlayId play)
    {
        if (Journal.Find(play) is { } stuttering)
            stuttering.Stutters++;
    }

    /// <inheritdoc/>
    public void Ended(PlayId play, long samples, bool complete, long timestamp)
    {
        if (Journal.Find(play) is not { } ended)
            return;

        (ended.Samples, ended.Ended) = (samples, complete);
        if (!complete || ended != Current)
            return;

        driver.Raise(ClientEvent.PlaybackAdvanced(play, ended.Playable!.Manifest.ChunkCount, ended.Playable.Manifest.Samples));
        driver.Raise(ClientEvent.PlayEnded(play));
        GoOn(timestamp);
    }

    /// <inheritdoc/>
    public void Failed(PlayId play, string reason, bool outputIsGone)
    {
        if (outputIsGone)
        {
            Problem = reason;
            Current?.Fail(reason);
            Stop();
        }
        else if (Journal.Find(play) is { } failed && failed == Current)
        {
            GoOnAfterFailure(failed, reason);
        }
    }

    /// <inheritdoc/>
    public void Drained()
    {
        if (Current is null)
            TellStopped();
    }

    private void Add(IReadOnlyList<TrackInfo> tracks)
    {
        foreach (var track in tracks)
        {
            _known[track.Id] = track;
            _queue.Add(track.Id);
        }
    }

    private ActivePlay Begin(long since, bool isClick)
    {
        Current?.Fail("Another track was chosen.");
        var entry = _queue.Current!.Value;
        var play = Next?.Entry.Id == entry.Id ? Again(Next) : Make(entry);
        (play.Since, play.Clicked) = (since, isClick);
        (Current, Next) = (play, null);
        driver.Raise(ClientEvent.Chosen(play.Id, play.Track.Id, options.IsPaced));
        if (play.Playable is not null)
            Give(play);

        Announce();
        return play;
    }

    /// <summary>
    /// A play that was prepared to follow is begun instead: the core fills a new feed from its start, and what the
    /// player was given is dropped when it is started.
    /// </summary>
    private ActivePlay Again(ActivePlay play)
    {
        if (play.Playable is { } prepared)
            play.Playable = prepared with { Feed = new ChunkFeed(prepared.Manifest, options.FeedWindow) };

        (play.IsGiven, play.MaySound) = (false, false);
        return play;
    }

    private void GoOn(long timestamp)
    {
        Current = null;
        if (!_queue.TryAdvance())
            return;

        if (Next is null || Next.Entry.Id != _queue.Current!.Value.Id)
        {
            Begin(timestamp, isClick: false);
            return;
        }

        // The core has made the announced play current by itself; the player may have gone over to it already.
        (Current, Next) = (Next, null);
        Current.Since = timestamp;
        if (Current is { Playable: not null, IsGiven: false })
            Give(Current);

        Announce();
    }

    private void GoOnAfterFailure(ActivePlay failed, string reason)
    {
        ClientLog.PlayFailed(logger, failed.Track.Id, reason);
        Problem = reason;
        failed.Fail(reason);
        Current = null;
        if (++_failures < MostFailures && _queue.TryAdvance())
        {
            Begin(time.GetTimestamp(), isClick: false);
            return;
        }

        driver.Raise(ClientEvent.Stop());
        TellStopped();
    }

    private void GiveUp(PlayId id, string reason)
    {
        if (Next?.Id == id)
        {
            Next = null;
            Problem = reason;
        }
        else if (Current is { } play && play.Id == id)
        {
            // What the player has already is sounded first; it then reports the failure itself.
            if (play.IsGiven)
                play.Playable!.Feed.Fail(reason);
            else
                driver.Post(() => FailUngiven(play, reason));
        }
    }

    private void FailUngiven(ActivePlay play, string reason)
    {
        if (play == Current)
            GoOnAfterFailure(play, reason);
    }

    /// <summary>Tells the core what follows, when that has changed.</summary>
    private void Announce()
    {
        var entry = Current is null ? null : _queue.Next;
        if (entry is null == Next is null && entry?.Id == Next?.Entry.Id)
            return;

        Next = entry is { } following ? Make(following) : null;
        player.SetNext(null);
        driver.Raise(ClientEvent.NextAnnounced(Next?.Id ?? PlayId.None, Next?.Track.Id ?? default, options.IsPaced));
    }

    private ActivePlay Make(QueueEntry entry)
    {
        var play = new ActivePlay(new PlayId(++_plays), entry, _known[entry.Track]);
        Journal.Add(play);
        return play;
    }

    private ActivePlay? Find(PlayId id) => Current?.Id == id ? Current : Next?.Id == id ? Next : null;

    private void Give(ActivePlay play)
    {
        if (!play.IsGiven)
            player.Start(play.Playable!);

        play.IsGiven = true;
        if (play.MaySound)
            player.BeginSounding(play.Id);
    }

    private void Reposition(ActivePlay play, long sample)
    {
        if (play == Current)
            Give(play);

        player.Seek(play.Id, sample);
    }

    private void Sound(ActivePlay play)
    {
        play.MaySound = true;
        if (play == Current)
        {
            Give(play);
        }
        else if (play.Playable is { } playable)
        {
            play.IsGiven = true;
            player.SetNext(playable);
        }
    }

    private void TellStopped()
    {
        foreach (var waiting in _untilStopped)
            waiting.TrySetResult();

        _untilStopped.Clear();
    }
}
