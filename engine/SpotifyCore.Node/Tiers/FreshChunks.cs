using SpotifyCore.Content.Identity;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// Remembers chunks that came from master and were not yet given to anybody, so that the first who asks is told the
/// tier that the bytes really came from, also when they were read ahead. A fixed table of 64-bit fingerprints: when two
/// meet in a slot the older is forgotten, which costs a figure in the statistics and nothing else. Safe for many
/// threads; allocates nothing.
/// </summary>
internal sealed class FreshChunks
{
    private const int Slots = 1 << 15;

    private readonly long[] _slots = new long[Slots];

    /// <summary>Remembers a chunk.</summary>
    public void Add(ChunkId chunk) => Volatile.Write(ref SlotOf(chunk, out var print), print);

    /// <summary>Forgets a chunk; true when it was remembered.</summary>
    public bool Take(ChunkId chunk)
    {
        ref var slot = ref SlotOf(chunk, out var print);
        return Volatile.Read(ref slot) == print && Interlocked.CompareExchange(ref slot, 0, print) == print;
    }

    private ref long SlotOf(ChunkId chunk, out long print)
    {
        // Neighbouring chunks of a file take neighbouring slots, so that a file does not collide with itself.
        var file = (ulong)chunk.File.Value;
        print = (long)((file ^ (chunk.Index * 0x9E3779B97F4A7C15)) | 1);
        return ref _slots[(int)((file + chunk.Index) % Slots)];
    }
}
