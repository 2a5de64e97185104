using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Catalogue;

/// <summary>A track as the catalogue describes it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Who performs it; at least one.</param>
/// <param name="AlbumId">Its album, or empty.</param>
/// <param name="Album">The album's title, or empty.</param>
/// <param name="Disc">Disc of the album, from 1; 0 when unknown.</param>
/// <param name="Number">Place on the disc, from 1; 0 when unknown.</param>
/// <param name="Duration">How long it sounds.</param>
/// <param name="Year">Year of release; 0 when unknown.</param>
/// <param name="Genre">Genre, or empty.</param>
/// <param name="CoverId">Its cover, or empty.</param>
/// <param name="BitsPerSecond">Qualities it can be had in.</param>
public sealed record TrackInfo(
    TrackId Id,
    string Title,
    IReadOnlyList<string> Artists,
    string AlbumId,
    string Album,
    int Disc,
    int Number,
    TimeSpan Duration,
    int Year,
    string Genre,
    string CoverId,
    IReadOnlyList<int> BitsPerSecond)
{
    /// <summary>How many tracks its album has; 0 when it belongs to none, or that is unknown.</summary>
    public int AlbumTracks { get; init; }

    /// <summary>
    /// True when it is what comes after <paramref name="other"/> on their album: the next of the disc, or the first of
    /// the next one.
    /// </summary>
    public bool Follows(TrackInfo other) =>
        AlbumId.Length > 0 && AlbumId == other.AlbumId && Number > 0 && other.Number > 0
        && (Disc == other.Disc ? Number == other.Number + 1 : Disc == other.Disc + 1 && Number == 1);

    /// <summary>A track of which only the id is known, until it is opened.</summary>
    public static TrackInfo Unknown(TrackId id) => new(id, "", [], "", "", 0, 0, TimeSpan.Zero, 0, "", "", []);
}
