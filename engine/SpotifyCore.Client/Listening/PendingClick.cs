namespace SpotifyCore.Client.Listening;

/// <summary>
/// The click that is being opened, if one is, until it is begun or the listener does what calls it off. Owned by the
/// loop.
/// </summary>
internal sealed class PendingClick
{
    private OpeningClick? _pending;

    /// <summary>A click takes the place of the one before.</summary>
    public OpeningClick Begin()
    {
        CallOff("Another track was chosen.");
        return _pending = new OpeningClick();
    }

    /// <summary>Ends the wait of a click.</summary>
    /// <exception cref="PlaybackException">It was called off.</exception>
    public void End(OpeningClick click)
    {
        if (click.Reason is { } reason)
            throw new PlaybackException(reason);

        _pending = null;
    }

    /// <summary>What is being opened, if anything is, is not to play.</summary>
    public void CallOff(string reason)
    {
        _pending?.CallOff(reason);
        _pending = null;
    }
}
