namespace SpotifyCore.Client.Catalogue;

/// <summary>One page of what a search found.</summary>
/// <param name="Tracks">The tracks, best first.</param>
/// <param name="HasMore">Whether others come after them; beyond 1,000 nothing is told.</param>
public sealed record SearchResult(IReadOnlyList<TrackInfo> Tracks, bool HasMore)
{
    /// <summary>True when the access point did not answer and only what is cached was searched.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Artists whose names have all the words, the best first; none unless asked for.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];

    /// <summary>Likewise albums, by titles and artists, without their tracks.</summary>
    public IReadOnlyList<AlbumInfo> Albums { get; init; } = [];

    /// <summary>True when the access point is making its search anew: tracks may be missing that it has.</summary>
    public bool IsIncomplete { get; init; }
}
