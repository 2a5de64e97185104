using System.Globalization;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names one playing of a track in one client: the same track played twice is two plays. Numbered from 1; 0 is none.
/// What is fetched to be kept offline, and not played, is numbered from -1 down.
/// </summary>
public readonly record struct PlayId(long Value)
{
    /// <summary>No play.</summary>
    public static readonly PlayId None;

    /// <summary>The number itself: the same in every process.</summary>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
