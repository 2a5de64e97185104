using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Import.Masters;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Import.Tests;

/// <summary>A store that keeps files in memory, checked chunk by chunk; or takes none.</summary>
internal sealed class MemoryStore(bool isRefusing = false) : IFileStore
{
    /// <summary>Files that there is room for.</summary>
    public int Room { get; init; } = int.MaxValue;

    public ConcurrentDictionary<FileId, byte[]> Files { get; } = new();

    /// <summary>Files that are not where they belong; storing one puts it there.</summary>
    public HashSet<FileId> Missing { get; } = [];

    /// <summary>Files of which nobody says whether they are where they belong.</summary>
    public HashSet<FileId> Unsaid { get; } = [];

    public bool IsSilent { get; set; }

    /// <summary>An owner that takes nothing.</summary>
    public NodeAddress? Away { get; set; }

    public Task<IReadOnlyList<MissingCopy>> FindMissingAsync(
        IReadOnlyCollection<FileId> files, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MissingCopy>>(
        [
            .. files.Where(file => Missing.Contains(file) || Unsaid.Contains(file)).Select(file => new MissingCopy(
                file, new NodeAddress(null, "m", 1), IsSilent || Unsaid.Contains(file))),
        ]);

    public async Task<IReadOnlyList<MissingCopy>> StoreAsync(
        Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken)
    {
        if (isRefusing)
            throw new StoreException("no room");
        if (Files.Count >= Room)
            throw new NoSpaceException("master m: no space left on its disk");

        var file = new byte[manifest.Length];
        for (uint index = 0; index < manifest.ChunkCount; index++)
        {
            var chunk = file.AsMemory((int)index * Manifest.ChunkSize, manifest.LengthOf(index));
            await chunks.ReadAsync(index, chunk, cancellationToken);
            Assert.True(ChunkVerifier.Matches(manifest, index, chunk.Span));
        }

        Files[manifest.File] = file;
        Missing.Remove(manifest.File);
        return Away is { } away ? [new MissingCopy(manifest.File, away, IsSilent: true)] : [];
    }
}
