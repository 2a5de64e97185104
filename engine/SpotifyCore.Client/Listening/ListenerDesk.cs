using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Shell;
using SpotifyCore.Playback.Output;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>What a listener does. Everything on the loop.</summary>
internal sealed class ListenerDesk(PlaySequence plays, PlayerHand hand, CoreDriver driver)
{
    /// <summary>Who goes back after 3 s of a track wants to hear it again.</summary>
    private const long HeardEnough = 3 * AudioFormat.SampleRate;

    /// <summary>The queue.</summary>
    public PlaySequence Plays => plays;

    /// <summary>What the listener changes in it.</summary>
    public QueueEditor Queue { get; } = new(plays);

    /// <summary>True while the listener wants no sound.</summary>
    public bool IsPaused => hand.IsPaused;

    /// <summary>How loud, in percent.</summary>
    public int Volume
    {
        get => hand.Volume;
        set => hand.Volume = value;
    }

    /// <summary>What the player does.</summary>
    public PlayerState State => plays.Current switch
    {
        null => PlayerState.Stopped,
        _ when hand.IsPaused => PlayerState.Paused,
        { IsWaiting: true } => PlayerState.Waiting,
        { Start: null } => PlayerState.Opening,
        { IsSilent: true } => PlayerState.Waiting,
        _ => PlayerState.Playing,
    };

    /// <summary>
    /// Plays these tracks in place of the queue. What comes of the first is its <see cref="ActivePlay.Decided"/>.
    /// </summary>
    public ActivePlay Play(IReadOnlyList<TrackInfo> tracks, long clicked) => plays.Replace(tracks, clicked);

    /// <summary>Where the listener is, as it is kept.</summary>
    public KeptPlace Place()
    {
        var play = plays.Current;
        return new KeptPlace(
            plays.Place,
            play?.Track.Id.ToString() ?? "",
            play?.Position ?? 0,
            hand.IsPaused && play is not null,
            plays.Repeat,
            hand.Volume);
    }

    /// <summary>Goes on where an earlier run of the client was.</summary>
    public void Restore(KeptQueue queue, KeptPlace place)
    {
        hand.Volume = Math.Clamp(place.Volume, 0, 100);
        plays.Repeat = Enum.IsDefined(place.Repeat) ? place.Repeat : default;
        if (place.IsPaused && place.Current >= 0)
            hand.Pause();

        plays.Restore(queue, Math.Max(-1, place.Current), Math.Max(0, place.Sample));
    }

    /// <summary>Goes to the next track; stops after the last.</summary>
    public void Skip(long clicked) => plays.Skip(clicked);

    /// <summary>Goes to the track before, or to the start of this one when enough of it was heard.</summary>
    public void GoBack(long clicked)
    {
        if (plays.Current is { Position: >= HeardEnough } || !plays.TryGoBack(clicked))
            Seek(TimeSpan.Zero);
    }

    /// <summary>Ends what plays and empties the queue.</summary>
    public void Stop() => plays.Stop();

    /// <summary>Goes to a place in the track that plays.</summary>
    public void Seek(TimeSpan position)
    {
        if (plays.Current is not { } play)
            return;

        var end = play.Playable?.Manifest.Samples ?? long.MaxValue;
        var sample = Math.Clamp((long)(position.TotalSeconds * AudioFormat.SampleRate), 0, end);
        play.MoveTo(sample);
        driver.Raise(ClientEvent.Seek(play.Id, sample));
    }

    /// <summary>Stops the sound where it is; a click that is being opened does not sound either.</summary>
    public void Pause()
    {
        plays.Pending.CallOff("The playback was paused.");
        if (hand.IsPaused || plays.Current is not { } play)
            return;

        hand.Pause();
        driver.Raise(ClientEvent.Paused(play.Id));
    }

    /// <summary>Lets the sound go on.</summary>
    public void Resume()
    {
        if (!hand.IsPaused)
            return;

        hand.Resume();
        if (plays.Current is { } play)
            driver.Raise(ClientEvent.Resumed(play.Id));
    }
}
