using System.Buffers;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// Memory that chunks are read into once and then handed on: it goes back to the pool with the last who holds it. Safe
/// for many threads.
/// </summary>
/// <param name="chunks">Chunks that it has room for. Whoever makes it holds it.</param>
internal sealed class ChunkMemory(int chunks)
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(chunks * Manifest.ChunkSize);
    private int _holders = 1;

    /// <summary>The memory; only for holders.</summary>
    public Memory<byte> Bytes => _bytes;

    /// <summary>One more holds it; called by a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One holder less.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
