using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Node.Manifests;

/// <summary>
/// The manifests of the files that a storage node holds whole; it asks nobody. Safe for many threads.
/// </summary>
internal sealed class HeldManifests(ManifestTable table, IChunkCache cache) : IManifestSource
{
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        new(table.TryFind(file, out var manifest) && IsWhole(manifest) ? manifest : null);

    private bool IsWhole(Manifest manifest)
    {
        var present = new ulong[(manifest.ChunkCount + 63) / 64];
        return cache.CopyPresence(manifest.File, present) == manifest.ChunkCount;
    }
}
