using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Core.Tests.World;

/// <summary>A cache that holds names instead of bytes; it may lose or refuse chunks.</summary>
public sealed class CacheIndex
{
    private readonly HashSet<ChunkId> _held = [];
    private readonly Queue<ChunkId> _order = new();

    public int Limit { get; set; } = int.MaxValue;

    public bool Refuses { get; set; }

    public int Count => _held.Count;

    public bool Has(ChunkId chunk) => _held.Contains(chunk);

    public bool Put(ChunkId chunk)
    {
        if (Refuses)
            return false;

        if (_held.Add(chunk))
            _order.Enqueue(chunk);

        while (_order.Count > Limit)
            _held.Remove(_order.Dequeue());

        return true;
    }

    public void Fill(Manifest manifest)
    {
        for (var i = 0u; i < manifest.ChunkCount; i++)
            Put(new ChunkId(manifest.File, i));
    }

    public ulong[] Presence(FileId file, uint chunks)
    {
        var bits = new ulong[(chunks + 63) / 64];
        for (var i = 0u; i < chunks; i++)
        {
            if (Has(new ChunkId(file, i)))
                bits[i / 64] |= 1ul << (int)(i % 64);
        }

        return bits;
    }
}
