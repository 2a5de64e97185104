using SpotifyCore.Contracts;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Running;

/// <summary>A source's tags as the catalogue takes them.</summary>
internal static class CatalogueTags
{
    /// <summary>What of them the catalogue has a place for; of several genres the first.</summary>
    public static TrackTags Of(SourceTags tags) => new()
    {
        Title = tags.Title,
        Artists = { tags.Artists },
        AlbumTitle = tags.Album,
        AlbumArtists = { tags.AlbumArtists },
        Disc = tags.Disc,
        Number = tags.Number,
        Year = tags.Year,
        Genre = tags.Genres is [var genre, ..] ? genre : "",
        Compilation = tags.IsCompilation,
        MusicbrainzRelease = tags.MusicBrainz.Release?.ToString() ?? "",
    };
}
