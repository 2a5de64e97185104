using System.Buffers;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Repair;
using SpotifyCore.Node.Links;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Repair;

/// <summary>
/// Fetches one file whole into the vault: what is undamaged there stays as it is, the rest comes from other masters,
/// each asked for what it holds itself. Every chunk is checked against the manifest when it comes, and by the vault
/// again before it is written. Safe for many threads.
/// </summary>
internal sealed class FileFetcher(IVault vault, OwnerMap owners, TimeProvider time)
{
    private const uint ChunksAtOnce = 16;

    // Bulk at the lowest priority may wait; a frozen node may not hold a fetch up for as long as its connection stands.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Fetches a file.</summary>
    /// <param name="file">Which.</param>
    /// <param name="holder">Who is known to hold it, if anybody is; asked first.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <returns>Bytes written, and how it ended; writing that fails throws instead.</returns>
    /// <exception cref="IOException">The vault can't be written.</exception>
    public async Task<(long Bytes, FetchOutcome Outcome)> FetchAsync(
        FileId file, PeerId? holder, CancellationToken cancellationToken)
    {
        var links = LinksTo(file, holder);
        if (await FindManifestAsync(file, links, cancellationToken) is not { } manifest)
            return (0, FetchOutcome.Missing);
        if (await vault.BeginAsync(manifest, cancellationToken) is not { } writer)
            return (0, FetchOutcome.Whole);

        await using (writer)
        {
            var buffer = ArrayPool<byte>.Shared.Rent((int)ChunksAtOnce * Manifest.ChunkSize);
            try
            {
                for (uint first = 0; first < manifest.ChunkCount;)
                {
                    var got = await ReadAsync(manifest, first, links, buffer, cancellationToken);
                    if (got == 0 || !await WriteAsync(writer, manifest, first, buffer.AsMemory(0, got)))
                        return ((long)first * Manifest.ChunkSize, FetchOutcome.Missing);

                    first += (uint)((got + Manifest.ChunkSize - 1) / Manifest.ChunkSize);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            var whole = await writer.CommitAsync(cancellationToken);
            return (manifest.Length, whole ? FetchOutcome.Whole : FetchOutcome.Missing);
        }
    }

    private ReconnectingPeer[] LinksTo(FileId file, PeerId? holder) =>
    [
        .. owners.FindOwners(file).Prepend(holder ?? default).Distinct()
            .Select(id => owners.Links.GetValueOrDefault(id)).OfType<ReconnectingPeer>(),
    ];

    private async ValueTask<Manifest?> FindManifestAsync(
        FileId file, ReconnectingPeer[] links, CancellationToken cancellationToken)
    {
        try
        {
            if (await vault.FindManifestAsync(file, cancellationToken) is { } own)
                return own;
        }
        catch (IOException)
        {
            // Not to be read here now: the others are asked.
        }

        foreach (var link in links)
        {
            if (await link.GetAsync(default, cancellationToken) is { } client
                && await client.FindManifestAsync(file, RequestPriority.OfflineSync, localOnly: true, cancellationToken)
                    is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Bytes of whole, checked chunks; 0 when nobody has the first.</summary>
    private async ValueTask<int> ReadAsync(
        Manifest manifest, uint first, ReconnectingPeer[] links, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = Math.Min(ChunksAtOnce, manifest.ChunkCount - first);
        var request = new ChunkRequest(
            manifest.File, first, count, RequestPriority.OfflineSync, Instant.Never, LocalOnly: true);
        try
        {
            var near = await vault.ReadAsync(request, buffer, cancellationToken);
            if (near.Status == ChunkReadStatus.Found)
                return near.Length;
        }
        catch (IOException)
        {
            // As above.
        }

        foreach (var link in links)
        {
            if (await link.GetAsync(default, cancellationToken) is not { } client)
                continue;

            var timed = request with { Deadline = time.GetInstant() + ReadTimeout };
            var far = await client.ReadAsync(timed, manifest, buffer, cancellationToken);
            link.Note(client, far.Status != ChunkReadStatus.Unavailable);
            if (far.Status == ChunkReadStatus.Found)
                return far.Length;
        }

        return 0;
    }

    private static async ValueTask<bool> WriteAsync(
        IVaultWriter writer, Manifest manifest, uint first, ReadOnlyMemory<byte> chunks)
    {
        for (var index = first; !chunks.IsEmpty; index++)
        {
            var length = manifest.LengthOf(index);
            if (!await writer.WriteAsync(index, chunks[..length]))
                return false;

            chunks = chunks[length..];
        }

        return true;
    }
}
