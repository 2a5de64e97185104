namespace SpotifyCore.Swarm.Events;

/// <summary>
/// Names one play of one track, from the click or the announcement to its end. The shell numbers plays from 1;
/// the same track played twice is two plays.
/// </summary>
public readonly record struct PlayId(int Value)
{
    /// <summary>No play.</summary>
    public static readonly PlayId None;

    /// <summary>The number itself: the same in every process.</summary>
    public override int GetHashCode() => Value;
}
