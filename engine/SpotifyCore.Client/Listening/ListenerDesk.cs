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
        { Start: null } => PlayerState.Opening,
        _ when hand.IsPaused => PlayerState.Paused,
        { IsSilent: true } => PlayerState.Waiting,
        _ => PlayerState.Playing,
    };

    /// <summary>
    /// Plays these tracks in place of the queue. What comes of the first is its <see cref="ActivePlay.Decided"/>.
    /// </summary>
    public ActivePlay Play(IReadOnlyList<TrackInfo> tracks, long clicked) => plays.Replace(tracks, clicked);

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
        play.Position = sample;
        driver.Raise(ClientEvent.Seek(play.Id, sample));
    }

    /// <summary>Stops the sound where it is.</summary>
    public void Pause()
    {
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
