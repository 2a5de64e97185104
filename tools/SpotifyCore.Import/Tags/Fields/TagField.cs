namespace SpotifyCore.Import.Tags.Fields;

/// <summary>What a value of a tag says, whatever the format calls it.</summary>
internal enum TagField
{
    /// <summary>The track's title.</summary>
    Title,

    /// <summary>Who is heard, as credited: several values, or one text.</summary>
    Artist,

    /// <summary>Who is heard, one by one, beside a credit in one text.</summary>
    EachArtist,

    /// <summary>Who wrote or speaks it, where nobody is named who is heard: so does Speex.</summary>
    Author,

    /// <summary>The release's title.</summary>
    Album,

    /// <summary>Whose release it is.</summary>
    AlbumArtist,

    /// <summary>Whose release it is, one by one, beside a credit in one text.</summary>
    EachAlbumArtist,

    /// <summary>Genre, as a name or a number of ID3v1.</summary>
    Genre,

    /// <summary>When it was recorded or released.</summary>
    Date,

    /// <summary>When this edition was released, where that is said apart.</summary>
    ReleaseDate,

    /// <summary>When it was released first.</summary>
    OriginalDate,

    /// <summary>Number of the track, often with the number of tracks.</summary>
    Track,

    /// <summary>Tracks of the disc.</summary>
    TrackTotal,

    /// <summary>Number of the disc, often with the number of discs.</summary>
    Disc,

    /// <summary>Discs of the release.</summary>
    DiscTotal,

    /// <summary>Title of the disc.</summary>
    DiscSubtitle,

    /// <summary>Who composed it.</summary>
    Composer,

    /// <summary>International standard recording code.</summary>
    Isrc,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>1 where tracks of several artists make the release.</summary>
    Compilation,

    /// <summary>The title as it is sorted.</summary>
    TitleSort,

    /// <summary>The artist as sorted.</summary>
    ArtistSort,

    /// <summary>The release's title as sorted.</summary>
    AlbumSort,

    /// <summary>The release's artist as sorted.</summary>
    AlbumArtistSort,

    /// <summary>MusicBrainz: the recording.</summary>
    RecordingId,

    /// <summary>MusicBrainz: the track, a recording's place on a release.</summary>
    TrackId,

    /// <summary>MusicBrainz: the release.</summary>
    ReleaseId,

    /// <summary>MusicBrainz: the release group.</summary>
    ReleaseGroupId,

    /// <summary>MusicBrainz: the artists.</summary>
    ArtistId,

    /// <summary>MusicBrainz: the release's artists.</summary>
    AlbumArtistId,
}
