using FASTER.core;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// Hashes keys for FASTER's index. Of the tag, FASTER's top 14 bits, only two are used, so that a bucket never
/// needs more than four entries: the index has a fixed size, in proportion to the records in memory, not on disk.
/// </summary>
internal sealed class RecordKeyComparer : IFasterEqualityComparer<RecordKey>
{
    private const ulong UsedBits = (3UL << 62) | ((1UL << 50) - 1);

    public long GetHashCode64(ref RecordKey k)
    {
        var mixed = k.Mixed;
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return (long)((mixed ^ (mixed >> 32)) & UsedBits);
    }

    public bool Equals(ref RecordKey k1, ref RecordKey k2) => k1.Equals(k2);
}
