using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// The player as the core sees it: does what the core wants on the loop, and carries what the player says from its
/// thread there as events. Progress, which comes about once a second, is merged and costs no allocation; the rest comes a
/// few times a track.
/// </summary>
internal sealed class PlayerAdapter : IPlayer, IPlayerListener, IWorkItem, IDisposable
{
    private readonly Dictionary<PlayId, PlayableTrack> _plays = [];
    private readonly PlaybackWaiters _waiters = new();
    private readonly Lock _gate = new();
    private readonly ClientRuntime _runtime;
    private readonly LoopContext _context;
    private readonly TrackDescriptions _descriptions;
    private readonly PlaybackSaver? _saver;
    private readonly Player _player;
    private (PlayId Play, string Reason) _problem;
    private (PlayId Play, string Reason) _refusal;
    private (PlayId Play, int Epoch, long Position, long At) _progress;
    private bool _isPaused;
    private bool _isPosted;

    /// <summary>Starts the player, which ends with this.</summary>
    /// <param name="start">Makes the player, given who hears it.</param>
    /// <param name="runtime">Hears what the player says.</param>
    /// <param name="context">The loop.</param>
    /// <param name="descriptions">Takes what the catalogue says of opened tracks.</param>
    /// <param name="saver">Keeps what plays; null when that is not kept.</param>
    public PlayerAdapter(
        Func<IPlayerListener, Player> start,
        ClientRuntime runtime,
        LoopContext context,
        TrackDescriptions descriptions,
        PlaybackSaver? saver)
    {
        (_runtime, _context, _descriptions, _saver) = (runtime, context, descriptions, saver);
        _player = start(this);
    }

    private PlaybackController Playback => _runtime.Playback;

    /// <summary>Whether the account's plan allows fetching what is chosen now.</summary>
    public Func<bool> MayFetch { get; set; } = static () => true;

    /// <summary>Hears that something of what plays may have changed.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Why a play did not go on, in a sentence.</summary>
    public string TextOf(PlayProblem problem) => problem.Failure switch
    {
        DeliveryFailure.NoSource when !MayFetch() => "The account's plan plays this here no more: what it was paid for is over.",
        DeliveryFailure.Player when _problem.Play == problem.Play => _problem.Reason,
        DeliveryFailure.NotAllowed or DeliveryFailure.PlaysElsewhere
            when _refusal.Play == problem.Play && _refusal.Reason.Length > 0 => _refusal.Reason,
        _ => PlayProblems.Text(problem.Failure),
    };

    /// <summary>
    /// Completes when a click sounds, or when it is clear that it never will. Called right after it was raised.
    /// </summary>
    public Task<ClickOutcome> WhenSoundingAsync(PlayId click) => _waiters.WhenSoundingAsync(click);

    /// <summary>Completes when nothing plays any more and all is heard.</summary>
    public Task WhenStoppedAsync() => Playback.IsOver ? Task.CompletedTask : _waiters.WhenStoppedAsync();

    /// <summary>Takes what the access point says of a track that it does not open.</summary>
    public void Refused(PlayId play, string reason) => _refusal = (play, reason);

    /// <summary>
    /// Tells the core that an advert comes before a track. Who waits for a click to sound has waited enough once that sounds.
    /// </summary>
    public void AdvertIsDue(in AdvertDue due)
    {
        var click = _waiters.Take(due.Play);
        _runtime.Raise(due);
        if (click is null)
            return;

        if (Playback.Current is not { } play || play.Advert?.Impression != due.Impression)
            _waiters.Put(due.Play, click);
        else if (play.Start is null)
            _waiters.Put(play.Id, click);
        else
            click.TrySetResult(new ClickOutcome(play, ""));
    }

    /// <summary>Takes what the player needs of a track that the core is about to be told is open.</summary>
    public void Opened(PlayId play, UnderstoodTrack opened)
    {
        _descriptions.Learn(opened.Track);
        if (!Playback.IsWanted(play))
            return;

        var manifest = opened.Core.Manifest;
        var feed = new ChunkFeed(manifest, _runtime.FeedWindow);
        _plays.TryAdd(play, new PlayableTrack(play, manifest, opened.Key, opened.Album, feed));
    }

    /// <inheritdoc/>
    public void Load(in LoadPlay load)
    {
        if (!_plays.TryGetValue(load.Play, out var play))
            return;

        if (load.Follows)
            _player.SetNext(play with { IsSeamless = HasNoOverlap(play.Play) });
        else
            _player.Start(play);
    }

    /// <inheritdoc/>
    public void Stop(in StopPlay stop)
    {
        if (stop.Play == PlayId.None)
        {
            _player.Stop();
            TellIfOver();
            return;
        }

        _player.TakeBack(stop.Play);
        if (_plays.TryGetValue(stop.Play, out var play))
            _plays[stop.Play] = play with { Feed = new ChunkFeed(play.Manifest, play.Feed.Window) };
    }

    /// <inheritdoc/>
    public void SetOutput(in SetOutput output)
    {
        if (_player.Volume != output.Volume)
            _player.Volume = output.Volume;

        if (_player.Crossfade != output.Crossfade)
            _player.Crossfade = output.Crossfade;

        if (_isPaused == output.IsPaused)
            return;

        _isPaused = output.IsPaused;
        if (!_isPaused)
        {
            _player.Resume();
            return;
        }

        _player.Pause();
        if (Playback.Current is { IsClick: true, Start: null } unheard)
            _waiters.Failed(unheard.Id, PlayProblems.Text(DeliveryFailure.Paused));
    }

    /// <inheritdoc/>
    public void Deliver(in DeliverChunk chunk)
    {
        if (_plays.TryGetValue(chunk.Play, out var play))
            play.Feed.Offer(chunk.Chunk, _context.Slots[chunk.Slot].Span[..chunk.Length]);
    }

    /// <inheritdoc/>
    public void Reposition(in Reposition seek) => _player.Seek(seek.Play, seek.Sample);

    /// <inheritdoc/>
    public void StartSounding(in StartSounding start) => _player.BeginSounding(start.Play);

    /// <inheritdoc/>
    public void Close(in ClosePlay closed)
    {
        _plays.Remove(closed.Play, out var play);
        var reason = TextOf(new PlayProblem(closed.Play, closed.Failure));

        // Who still waits for it hears that it will not sound, and a player that still has it, that no more will come. Where
        // an advert can't be had, who waits for the click to sound waits for the track.
        if (ClickedBehind(closed.Play) is { } track)
            _waiters.Move(closed.Play, track.Id);
        else
            _waiters.Failed(closed.Play, reason, closed.Failure == DeliveryFailure.NotLoggedIn);

        play?.Feed.Fail(reason);
        if (closed.Failure != DeliveryFailure.None && !closed.Failure.IsWanted())
            ClientLog.PlayFailed(_context.Logger, closed.Track, reason);

        TellIfOver();
    }

    /// <inheritdoc/>
    public void Advanced(PlayId play, int epoch, uint nextChunk, long position)
    {
        lock (_gate)
        {
            _progress = (play, epoch, position, _context.Time.GetTimestamp());
            if (_isPosted)
                return;

            _isPosted = true;
        }

        _context.Loop.Post(this);
    }

    /// <inheritdoc/>
    public void Sounding(PlayId play, long timestamp) => Post(() =>
    {
        _runtime.Raise(new PlaySounding(play, _context.Time.GetInstant(timestamp)));
        if (Playback.Journal.Find(play) is { Start: not null } sounding)
            _waiters.Sounds(sounding);
    });

    /// <inheritdoc/>
    public void Stuttered(PlayId play, TimeSpan length) => Post(() =>
    {
        _runtime.Raise(new PlayStuttered(play));
        if (Playback.Journal.Find(play) is { } stuttering)
            ClientLog.Stuttered(_context.Logger, stuttering.Sound, length, _runtime.Status.Buffered);
    });

    /// <inheritdoc/>
    public void SilenceChanged(PlayId play, bool isSilent) =>
        Post(() => _runtime.Raise(new SilenceChanged(play, isSilent)));

    /// <inheritdoc/>
    public void Ended(PlayId play, long samples, PlayEnd end, long timestamp) => Post(() => _runtime.Raise(
        new PlayEnded(play, samples, end == PlayEnd.Complete, _context.Time.GetInstant(timestamp))));

    /// <inheritdoc/>
    public void Failed(PlayId play, PlayFailure failure, string reason, long timestamp) => Post(() =>
    {
        _problem = (play, reason);
        if (failure == PlayFailure.Output)
            _runtime.Raise(new OutputFailed(play));
        else
            _runtime.Raise(new PlayFailed(play, _context.Time.GetInstant(timestamp)));
    });

    /// <inheritdoc/>
    public void Drained() => Post(() => _runtime.Raise(new OutputDrained()));

    /// <summary>Tells the core how far the player has come.</summary>
    public void Run()
    {
        (PlayId Play, int Epoch, long Position, long At) progress;
        lock (_gate)
        {
            progress = _progress;
            _isPosted = false;
        }

        if (Playback.Current is not { } current)
            return;

        // It may be the next one that is decoded ahead: the current one's feed has moved all the same.
        var isCurrent = current.Id == progress.Play;
        if (!_plays.TryGetValue(current.Id, out var playable) && !isCurrent)
            return;

        // What was said before a seek reached the player is of the place before.
        isCurrent &= playable is null || playable.Feed.Epoch == progress.Epoch;
        var sample = isCurrent ? progress.Position : current.PositionAt(_runtime.Now);
        _runtime.Raise(new PlaybackAdvanced(current.Id, playable?.Feed.Next ?? 0, sample)
        {
            At = isCurrent ? _context.Time.GetInstant(progress.At) : null, IsReckoned = !isCurrent,
        });
        Look();
    }

    /// <summary>Ends the player.</summary>
    public void Dispose() => _player.Dispose();

    // Neighbours on an album, and what an advert begins with.
    private bool HasNoOverlap(PlayId play) =>
        Playback.Next is { } next && next.Id == play && Playback.Current is { } current
        && (next.Advert is not null || _descriptions.Of(next.Sound).Follows(_descriptions.Of(current.Sound)));

    private TrackPlay? ClickedBehind(PlayId closed) =>
        Playback.Current is { IsClick: true, Advert: null } track
        && Playback.Journal.Find(closed) is { Advert: not null } advert && advert.Entry.Id == track.Entry.Id
            ? track
            : null;

    private void TellIfOver()
    {
        if (Playback.IsOver)
            _waiters.Stopped();
    }

    private void Post(Action report) => _context.Loop.Post(new ActionWorkItem(() =>
    {
        report();
        TellIfOver();
        Look();
    }));

    private void Look()
    {
        _saver?.Look();
        Changed();
    }
}
