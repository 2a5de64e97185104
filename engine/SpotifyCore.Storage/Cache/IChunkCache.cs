using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// Where a client or storage node keeps verified chunks. Bounded: the chunks put longest ago make room,
/// unless they were read since. Safe for many threads.
/// </summary>
public interface IChunkCache : IAsyncDisposable
{
    /// <summary>Copies a chunk into memory that the caller owns.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="destination">At least 16 KiB; the caller's, not touched after completion.</param>
    /// <param name="cancellationToken">Gives up on a read from disk.</param>
    /// <returns>
    /// The chunk's length, or 0 for a miss. Damage on disk is a miss. A hit in memory allocates nothing.
    /// </returns>
    ValueTask<int> ReadAsync(ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores a verified chunk, 1 to 16,384 bytes; waits while the log cannot take it. Allocates nothing in the
    /// steady state.
    /// </summary>
    ValueTask PutAsync(ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets bit i of <paramref name="present"/> for each chunk i of the file that the cache believes it holds, and
    /// clears the others. A later read may still miss.
    /// </summary>
    /// <returns>How many bits were set.</returns>
    int CopyPresence(FileId file, Span<ulong> present);

    /// <summary>Makes all that was put before the call survive <c>kill -9</c>.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Bytes held and allowed.</summary>
    ChunkCacheUsage Usage { get; }
}
