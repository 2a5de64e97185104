using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>What a source is, and what its tags say.</summary>
/// <param name="Channels">Channels to import: 1 for mono, else 2.</param>
/// <param name="Declared">The length it says it has; null where that is unknown or a guess.</param>
/// <param name="Tags">Title, artists and so on; the title is never empty.</param>
/// <param name="Cover">Its picture where ffmpeg has to take it out; null where the tags hold it, or none.</param>
internal sealed record SourceFacts(int Channels, TimeSpan? Declared, SourceTags Tags, CoverStream? Cover)
{
    /// <summary>The length it is likely to have, by which the time left is told; null where nothing says.</summary>
    public TimeSpan? Likely { get; init; } = Declared;

    /// <summary>True where it has a picture, whoever takes it out.</summary>
    public bool HasPicture => Tags.Picture is not null || Cover is not null;
}
