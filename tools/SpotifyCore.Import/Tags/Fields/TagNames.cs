using System.Collections.Frozen;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>
/// Names that people and programs give to fields where a format leaves them free: Vorbis comments, APEv2 items, ID3v2's
/// user texts, MP4's free atoms, and what ffprobe lists.
/// </summary>
internal static class TagNames
{
    private const int MaxLength = 64;

    // Without spaces, hyphens, underscores and case: "Album Artist" and ALBUM_ARTIST are one name.
    private static readonly FrozenDictionary<string, TagField> Fields = new Dictionary<string, TagField>
    {
        ["TITLE"] = TagField.Title,
        ["ARTIST"] = TagField.Artist,
        ["AUTHOR"] = TagField.Author,
        ["ARTISTS"] = TagField.EachArtist,
        ["ALBUM"] = TagField.Album,
        ["ALBUMTITLE"] = TagField.Album,
        ["ALBUMARTIST"] = TagField.AlbumArtist,
        ["ALBUMARTISTS"] = TagField.EachAlbumArtist,
        ["GENRE"] = TagField.Genre,
        ["DATE"] = TagField.Date,
        ["YEAR"] = TagField.Date,
        ["DATERECORDED"] = TagField.Date,
        ["RELEASEDATE"] = TagField.ReleaseDate,
        ["DATERELEASED"] = TagField.ReleaseDate,
        ["RELEASEYEAR"] = TagField.ReleaseDate,
        ["ORIGINALDATE"] = TagField.OriginalDate,
        ["ORIGINALYEAR"] = TagField.OriginalDate,
        ["ORIGYEAR"] = TagField.OriginalDate,
        ["ORIGDATE"] = TagField.OriginalDate,
        ["ORIGINALRELEASEDATE"] = TagField.OriginalDate,
        ["ORIGINALRELEASEYEAR"] = TagField.OriginalDate,
        ["TRACK"] = TagField.Track,
        ["TRACKNUMBER"] = TagField.Track,
        ["TRACKNUM"] = TagField.Track,
        ["TRACKTOTAL"] = TagField.TrackTotal,
        ["TOTALTRACKS"] = TagField.TrackTotal,
        ["TRACKCOUNT"] = TagField.TrackTotal,
        ["DISC"] = TagField.Disc,
        ["DISK"] = TagField.Disc,
        ["DISCNUMBER"] = TagField.Disc,
        ["DISKNUMBER"] = TagField.Disc,
        ["PARTOFSET"] = TagField.Disc,
        ["DISCTOTAL"] = TagField.DiscTotal,
        ["TOTALDISCS"] = TagField.DiscTotal,
        ["DISCCOUNT"] = TagField.DiscTotal,
        ["DISCSUBTITLE"] = TagField.DiscSubtitle,
        ["SETSUBTITLE"] = TagField.DiscSubtitle,
        ["COMPOSER"] = TagField.Composer,
        ["ISRC"] = TagField.Isrc,
        ["COMMENT"] = TagField.Comment,
        ["DESCRIPTION"] = TagField.Comment,
        ["COMPILATION"] = TagField.Compilation,
        ["ITUNESCOMPILATION"] = TagField.Compilation,
        ["ISCOMPILATION"] = TagField.Compilation,
        ["TITLESORT"] = TagField.TitleSort,
        ["TITLESORTORDER"] = TagField.TitleSort,
        ["SORTNAME"] = TagField.TitleSort,
        ["ARTISTSORT"] = TagField.ArtistSort,
        ["ARTISTSORTORDER"] = TagField.ArtistSort,
        ["SORTARTIST"] = TagField.ArtistSort,
        ["ALBUMSORT"] = TagField.AlbumSort,
        ["ALBUMSORTORDER"] = TagField.AlbumSort,
        ["SORTALBUM"] = TagField.AlbumSort,
        ["ALBUMARTISTSORT"] = TagField.AlbumArtistSort,
        ["ALBUMARTISTSORTORDER"] = TagField.AlbumArtistSort,
        ["SORTALBUMARTIST"] = TagField.AlbumArtistSort,

        // What MusicBrainz calls a track's id in tags is that of the recording.
        ["MUSICBRAINZTRACKID"] = TagField.RecordingId,
        ["MUSICBRAINZRECORDINGID"] = TagField.RecordingId,
        ["MUSICBRAINZRELEASETRACKID"] = TagField.TrackId,
        ["MUSICBRAINZALBUMID"] = TagField.ReleaseId,
        ["MUSICBRAINZRELEASEID"] = TagField.ReleaseId,
        ["MUSICBRAINZRELEASEGROUPID"] = TagField.ReleaseGroupId,
        ["MUSICBRAINZARTISTID"] = TagField.ArtistId,
        ["MUSICBRAINZALBUMARTISTID"] = TagField.AlbumArtistId,
    }.ToFrozenDictionary();

    /// <summary>The field of a name; null where it is none of interest.</summary>
    public static TagField? FieldOf(string name)
    {
        if (name.Length > MaxLength)
            return null;

        var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

        // Windows Media's names, as in "WM/AlbumArtist".
        if (name.StartsWith("WM/", StringComparison.Ordinal))
            letters = letters[2..];

        return Fields.TryGetValue(letters, out var field) ? field : null;
    }
}
