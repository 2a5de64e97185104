namespace SpotifyCore.Search.Indexing;

/// <summary>
/// Plays in classes of half a binary order: an entry moves when it has been played some 1.4 times as often as before.
/// </summary>
public static class Popularity
{
    private const int ClassesPerDoubling = 2;
    private const int LastClass = 127;

    /// <summary>Whether an entry with one number of plays stands in the index where it would with another.</summary>
    public static bool IsSame(long plays, long otherPlays) => ClassOf(plays) == ClassOf(otherPlays);

    /// <summary>The class of a number of plays: the most played have the first.</summary>
    internal static int ClassOf(long plays) =>
        Math.Max(0, LastClass - (int)(Math.Log2(1 + Math.Max(0, plays)) * ClassesPerDoubling));
}
