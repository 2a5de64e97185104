namespace SpotifyCore.Backend.Catalogue;

/// <summary>What of a track or a release is mended by hand. The names rest in the database, in lower case.</summary>
internal enum MendedField
{
    /// <summary>Its title.</summary>
    Title,

    /// <summary>Its artists, joined.</summary>
    Artists,

    /// <summary>A track's disc.</summary>
    Disc,

    /// <summary>A track's number.</summary>
    Number,

    /// <summary>The year; a release's is that of its tracks that have none of their own by hand.</summary>
    Year,

    /// <summary>The genre, likewise.</summary>
    Genre,

    /// <summary>The id of the release that a track was put on.</summary>
    Release,

    /// <summary>The id of the track or release that this one is one with.</summary>
    Merged,

    /// <summary>The number of the mend that took a track out.</summary>
    Removed,

    /// <summary>Stands in the log alone: the mend made this release.</summary>
    Made,
}
