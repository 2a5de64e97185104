namespace SpotifyCore.Import.Tags.Fields;

/// <summary>What a picture shows, by the numbers of ID3v2 and FLAC; those that matter here.</summary>
internal enum PictureKind
{
    /// <summary>Nothing that is said.</summary>
    Other = 0,

    /// <summary>The front cover.</summary>
    FrontCover = 3,

    /// <summary>The back cover, or whatever else is not the front.</summary>
    BackCover = 4,
}
