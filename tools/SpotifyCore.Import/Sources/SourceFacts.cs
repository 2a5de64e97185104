using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Sources;

/// <summary>What ffprobe says of a source.</summary>
/// <param name="Channels">Channels to import: 1 for mono, else 2.</param>
/// <param name="Declared">The length it says it has; null where that is unknown or a guess.</param>
/// <param name="Tags">Title, artists and so on; the title is never empty.</param>
/// <param name="Cover">Its embedded picture, if there is one.</param>
internal sealed record SourceFacts(int Channels, TimeSpan? Declared, TrackTags Tags, CoverStream? Cover)
{
    /// <summary>The length it is likely to have, by which the time left is told; null where nothing says.</summary>
    public TimeSpan? Likely { get; init; } = Declared;
}
