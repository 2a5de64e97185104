using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Watching;

/// <summary>What has changed in a folder and is at rest.</summary>
/// <param name="Found">All that is there.</param>
/// <param name="Changed">What of it is new or was written to.</param>
/// <param name="Gone">The paths of what was there and is no more.</param>
internal sealed record FolderChange(
    IReadOnlyList<SourceFile> Found, IReadOnlyList<SourceFile> Changed, IReadOnlyList<string> Gone)
{
    /// <summary>The paths of all that has changed.</summary>
    public IReadOnlyList<string> Paths => [.. Changed.Select(static source => source.Path), .. Gone];
}
