namespace SpotifyCore.Client.Catalogue;

/// <summary>An album as the catalogue describes it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Whose it is.</param>
/// <param name="Year">Year of release; 0 when unknown.</param>
/// <param name="CoverId">Its cover, or empty.</param>
/// <param name="Tracks">
/// Its tracks, by disc and number; while the access point can't be reached, those of them that are cached.
/// </param>
public sealed record AlbumInfo(
    string Id, string Title, IReadOnlyList<string> Artists, int Year, string CoverId, IReadOnlyList<TrackInfo> Tracks)
{
    /// <summary>How many tracks it has, whether they can be played now or not.</summary>
    public required int Total { get; init; }
}
