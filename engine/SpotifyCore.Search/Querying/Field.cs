namespace SpotifyCore.Search.Querying;

/// <summary>Where a word must stand.</summary>
internal enum Field
{
    /// <summary>In any name.</summary>
    Any,

    /// <summary>In the title.</summary>
    Title,

    /// <summary>In the name of an artist.</summary>
    Artist,

    /// <summary>In the release's title.</summary>
    Album,

    /// <summary>In the release's title or the name of an artist.</summary>
    AlbumOrArtist,
}
