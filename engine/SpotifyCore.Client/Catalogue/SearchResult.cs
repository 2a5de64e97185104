namespace SpotifyCore.Client.Catalogue;

/// <summary>One page of what a search found.</summary>
/// <param name="Tracks">The tracks, best first.</param>
/// <param name="Total">How many there are in all, counted up to 1,000.</param>
public sealed record SearchResult(IReadOnlyList<TrackInfo> Tracks, int Total)
{
    /// <summary>True when the access point did not answer and only what is cached was searched.</summary>
    public bool IsOffline { get; init; }
}
