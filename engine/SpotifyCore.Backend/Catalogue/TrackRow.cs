namespace SpotifyCore.Backend.Catalogue;

/// <summary>A track as it is in the catalogue.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Place">What and where it is.</param>
/// <param name="Cover">Its picture, or null.</param>
/// <param name="Sources">How many sources show it.</param>
internal sealed record TrackRow(long Id, TrackPlace Place, string? Cover, int Sources)
{
    /// <summary>
    /// Whether it is to become what its one source is now: the same sound elsewhere, or another at the same place.
    /// </summary>
    public bool Follows(TrackPlace place) => Sources == 1
        && (Place.Recording == place.Recording
            || (place.Number > 0 && place.Album is not null
                && (Place.Album, Place.Disc, Place.Number) == (place.Album, place.Disc, place.Number)));
}
