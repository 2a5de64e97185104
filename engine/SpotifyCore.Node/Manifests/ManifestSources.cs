using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Manifests;

/// <summary>Several places that may know a manifest, asked one after the other.</summary>
internal sealed class ManifestSources(params IManifestSource[] places) : IManifestSource
{
    /// <inheritdoc/>
    public async ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        foreach (var place in places)
        {
            if (await place.FindManifestAsync(file, cancellationToken) is { } manifest)
                return manifest;
        }

        return null;
    }
}
