namespace SpotifyCore.Storage.Cache.Presence;

/// <summary>
/// Where a held chunk is, in one word, so that it can be exchanged atomically. Zero is nowhere.
/// Bits 0-47: address; 48-61: length less one; 62-63: how often it was read since it was put, at most 3.
/// </summary>
internal readonly record struct ChunkPlace(long Word)
{
    private const long AddressMask = (1L << 48) - 1;
    private const int LengthShift = 48;
    private const int LengthMask = (1 << 14) - 1;
    private const int ReadsShift = 62;

    public ChunkPlace(long address, int length)
        : this(address | ((long)(length - 1) << LengthShift))
    {
    }

    public bool IsNowhere => Word == 0;

    public long Address => Word & AddressMask;

    public int Length => ((int)(Word >> LengthShift) & LengthMask) + 1;

    public int Reads => (int)((ulong)Word >> ReadsShift);

    public ChunkPlace WithRead() => Reads == 3 ? this : new((long)((ulong)Word + (1UL << ReadsShift)));
}
