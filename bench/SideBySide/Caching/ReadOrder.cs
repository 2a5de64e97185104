using SpotifyCore.Content.Manifests;
using SpotifyCore.Micro.Storage;

namespace SpotifyCore.SideBySide.Caching;

/// <summary>
/// One reader's way through so many chunks, in an order that no prefetcher guesses, and where it reads to.
/// </summary>
/// <param name="count">Chunks there are.</param>
/// <param name="reader">Which reader it is of <paramref name="readers"/>: each begins elsewhere.</param>
/// <param name="readers">How many readers there are.</param>
internal sealed class ReadOrder(int count, int reader, int readers)
{
    private readonly int[] _order = Chunks.Shuffled(count);
    private int _next = (int)((long)count * reader / readers);

    /// <summary>Room for a chunk, the reader's own.</summary>
    public byte[] Destination { get; } = new byte[Manifest.ChunkSize];

    /// <summary>The number of the chunk to read next.</summary>
    public int Next() => _order[_next++ % _order.Length];
}
