using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>What a source says that it is.</summary>
/// <param name="Tags">Title, artists and so on; the title is never empty.</param>
/// <param name="Cover">Its picture where ffmpeg has to take it out; null where the tags hold it, or none.</param>
internal record SourceLabel(SourceTags Tags, CoverStream? Cover)
{
    /// <summary>True where it has a picture, whoever takes it out.</summary>
    public bool HasPicture => Tags.Picture is not null || Cover is not null;
}
