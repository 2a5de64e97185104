namespace SpotifyCore.Node.Tiers;

/// <summary>
/// Cuts a range that is to be fetched into pieces, all asked for at once. The first are short, so that a chunk somebody
/// waits for does not wait for many others; the later ones are long, so that there are few.
/// </summary>
internal struct FetchPlan()
{
    /// <summary>Chunks in the longest piece.</summary>
    public const int LongestPiece = 8;

    /// <summary>Chunks in the piece to come: 1, 2, 4, 8, 8…</summary>
    public int NextLength { get; private set; } = 1;

    /// <summary>A piece was begun.</summary>
    public void Advance() => NextLength = Math.Min(NextLength * 2, LongestPiece);
}
