namespace SpotifyCore.Client.Catalogue;

/// <summary>A page of the catalogue in the order of its letters, of what was asked for.</summary>
/// <param name="Artists">The artists.</param>
/// <param name="Albums">The albums, without their tracks.</param>
/// <param name="Tracks">The tracks.</param>
/// <param name="Next">Behind what the next page begins; empty when there is none.</param>
public sealed record NamePage(
    IReadOnlyList<string> Artists, IReadOnlyList<AlbumInfo> Albums, IReadOnlyList<TrackInfo> Tracks, string Next)
{
    /// <summary>True when the access point is making its search anew: names may be missing that it has.</summary>
    public bool IsIncomplete { get; init; }
}
