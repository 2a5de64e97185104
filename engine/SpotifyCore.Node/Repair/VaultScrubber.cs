using System.Buffers;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Repair;

/// <summary>
/// Reads a vault's files one after the other. What is damaged the vault itself finds and reports. One caller at a time.
/// </summary>
internal sealed class VaultScrubber(IVault vault)
{
    private const uint ChunksAtOnce = 16;
    private const int PageLength = 64;

    private FilePage _page = new([], HasMore: false);

    /// <summary>Reads the file that comes next after <paramref name="after"/>; null when none is left.</summary>
    public async Task<(FileId? File, long Bytes)> ReadNextAsync(FileId after, CancellationToken cancellationToken)
    {
        if (Next(after) is not { } next)
        {
            _page = await vault.ListAsync(after, PageLength, cancellationToken);
            if (Next(after) is not { } first)
                return (null, 0);

            next = first;
        }

        return (next, await ReadAsync(next, cancellationToken));
    }

    private FileId? Next(FileId after)
    {
        foreach (var file in _page.Files)
        {
            if (file.CompareTo(after) > 0)
                return file;
        }

        return null;
    }

    private async ValueTask<long> ReadAsync(FileId file, CancellationToken cancellationToken)
    {
        if (await vault.FindManifestAsync(file, cancellationToken) is not { } manifest)
            return 0;

        var buffer = ArrayPool<byte>.Shared.Rent((int)ChunksAtOnce * Manifest.ChunkSize);
        try
        {
            for (uint first = 0; first < manifest.ChunkCount; first += ChunksAtOnce)
            {
                var count = Math.Min(ChunksAtOnce, manifest.ChunkCount - first);
                var request = new ChunkRequest(
                    file, first, count, RequestPriority.OfflineSync, Instant.Never, LocalOnly: true);
                await vault.ReadAsync(request, buffer, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return manifest.Length;
    }
}
