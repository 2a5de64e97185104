using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Gives plays to the player. One that cuts in is started at once and decoded ahead; one that follows by itself is
/// handed over once it may sound, behind what has not been heard yet. Everything on the loop.
/// </summary>
internal sealed class PlayerHand(Player player)
{
    /// <summary>True while the listener wants no sound.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How loud, in percent.</summary>
    public int Volume
    {
        get => player.Volume;
        set => player.Volume = value;
    }

    /// <summary>Stops the sound where it is.</summary>
    public void Pause()
    {
        IsPaused = true;
        player.Pause();
    }

    /// <summary>Lets the sound go on.</summary>
    public void Resume()
    {
        IsPaused = false;
        player.Resume();
    }

    /// <summary>Ends what sounds and what follows it, heard or not; what comes next is not paused.</summary>
    public void Cut()
    {
        player.Stop();
        if (IsPaused)
            Resume();
    }

    /// <summary>Ends a play that has not sounded.</summary>
    public void Drop() => player.Stop();

    /// <summary>The current play is chosen or open: has it decoded ahead, if it cuts in.</summary>
    public void Prepare(ActivePlay play)
    {
        if (play is { Cuts: true, IsGiven: false, Playable: not null })
            Start(play);
    }

    /// <summary>A play may sound: now, or behind what sounds.</summary>
    public void Sound(ActivePlay play)
    {
        play.MaySound = true;
        if (play.Playable is not { } playable)
            return;

        if (!play.IsGiven && !play.Cuts)
        {
            play.IsGiven = true;
            player.SetNext(playable);
            return;
        }

        Prepare(play);
        player.BeginSounding(play.Id);
    }

    /// <summary>Takes a play that was to follow back.</summary>
    public void Withdraw(ActivePlay? next)
    {
        if (next is { IsGiven: true })
            (next.IsGiven, next.MaySound) = (false, false);

        player.SetNext(null);
    }

    /// <summary>Goes to a sample of an open play.</summary>
    public void Seek(ActivePlay play, long sample)
    {
        // The listener asked for it, so it may cut in now.
        if (!play.IsGiven)
            Start(play);

        if (play.MaySound)
            player.BeginSounding(play.Id);

        player.Seek(play.Id, sample);
    }

    private void Start(ActivePlay play)
    {
        play.IsGiven = true;
        player.Start(play.Playable!);
    }
}
