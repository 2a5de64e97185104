using SpotifyCore.Client.Shell;
using SpotifyCore.Playback.Output;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>What a listener does. Everything on the loop.</summary>
internal sealed class ListenerDesk(PlaySequence plays, PlayerHand hand, CoreDriver driver)
{
    /// <summary>What the player does.</summary>
    public PlayerState State => plays.Current switch
    {
        null => PlayerState.Stopped,
        { Start: null } => PlayerState.Opening,
        _ when hand.IsPaused => PlayerState.Paused,
        _ => PlayerState.Playing,
    };

    /// <summary>
    /// Plays these tracks in place of the queue. What comes of the first is its <see cref="ActivePlay.Decided"/>.
    /// </summary>
    public ActivePlay Play(IReadOnlyList<TrackInfo> tracks, long clicked) => plays.Replace(tracks, clicked);

    /// <summary>Puts tracks at the end of the queue, and plays them when nothing plays.</summary>
    public void Enqueue(IReadOnlyList<TrackInfo> tracks, long clicked) => plays.Append(tracks, clicked);

    /// <summary>Goes to the next track; stops after the last.</summary>
    public void Skip(long clicked) => plays.Skip(clicked);

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
