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
    /// <summary>Bytes of a read at most.</summary>
    public const int BytesAtOnce = (int)ChunksAtOnce * Manifest.ChunkSize;

    private const uint ChunksAtOnce = 16;
    private const int PageLength = 64;

    private FilePage _page = new([], HasMore: false);

    /// <summary>The file that comes next after <paramref name="after"/>; null when none is left.</summary>
    public async ValueTask<FileId?> FindNextAsync(FileId after, CancellationToken cancellationToken)
    {
        if (Next(after) is { } next)
            return next;

        _page = await vault.ListAsync(after, PageLength, cancellationToken);
        return Next(after);
    }

    /// <summary>Reads a file; gives its bytes, 0 when its head is damaged.</summary>
    public async ValueTask<long> ReadAsync(FileId file, CancellationToken cancellationToken)
    {
        if (await vault.FindManifestAsync(file, cancellationToken) is not { } manifest)
            return 0;

        var buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
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

    private FileId? Next(FileId after)
    {
        foreach (var file in _page.Files)
        {
            if (file.CompareTo(after) > 0)
                return file;
        }

        return null;
    }
}
