namespace SpotifyCore.Node.Flights;

/// <summary>
/// Cuts a range that is to be fetched into the pieces asked for at once. The first are short, so that the chunk somebody
/// waits for does not wait for a whole piece; the later ones are long, so that there are few.
/// </summary>
internal struct FetchPlan()
{
    /// <summary>Chunks in the longest piece.</summary>
    public const int LongestPiece = 8;

    private int _pieces;

    /// <summary>Chunks in the piece to come: 1, 1, 2, 4, 8, 8…</summary>
    public int NextLength { get; private set; } = 1;

    /// <summary>A piece was begun.</summary>
    public void Advance() => NextLength = _pieces++ == 0 ? 1 : Math.Min(NextLength * 2, LongestPiece);
}
