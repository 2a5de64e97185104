using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Content.Sources;

/// <summary>A place that may know a file's manifest. Safe for many threads.</summary>
public interface IManifestSource
{
    /// <summary>
    /// Finds the manifest of <paramref name="file"/>; null when this place lacks it. Always the right one: its hash
    /// is the id.
    /// </summary>
    ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default);
}
