namespace SpotifyCore.Backend.Tracking;

/// <summary>How often clients may have peers connect to them.</summary>
internal sealed class ReverseOptions
{
    /// <summary>Requests passed on for one client in an <see cref="Interval"/>.</summary>
    public int PerAsker { get; init; } = 30;

    /// <summary>Requests passed on to one peer in an <see cref="Interval"/>, whoever asks.</summary>
    public int PerPeer { get; init; } = 30;

    /// <summary>
    /// Of these, for clients of one account: as many as a desktop takes of one, and few enough to leave the others
    /// theirs.
    /// </summary>
    public int PerPeerAndAccount { get; init; } = 8;

    /// <summary>The interval of the three.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the same client may not ask for the same peer again.</summary>
    public TimeSpan SamePause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Latest peers remembered of one asker, for <see cref="SamePause"/>.</summary>
    public int Remembered { get; init; } = 32;
}
