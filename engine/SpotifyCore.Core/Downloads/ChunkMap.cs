using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Downloads;

/// <summary>Where each chunk of a file stands, and which tier it came from: two bytes a chunk.</summary>
/// <param name="chunks">Chunks in the file.</param>
internal sealed class ChunkMap(uint chunks)
{
    private const byte CountedBit = 0x80;

    private readonly byte[] _states = new byte[chunks];
    private readonly byte[] _origins = new byte[chunks];

    /// <summary>Chunks in the file.</summary>
    public uint Count { get; } = chunks;

    /// <summary>Chunks in the cache, or on their way into it.</summary>
    public uint Had { get; private set; }

    /// <summary>Chunks on their way into the cache.</summary>
    public uint Storing { get; private set; }

    /// <summary>True when every chunk is in the cache.</summary>
    public bool IsWhole => Had == Count && Storing == 0;

    /// <summary>Where a chunk stands.</summary>
    public ChunkState this[uint chunk]
    {
        get => (ChunkState)_states[chunk];
        set
        {
            var before = (ChunkState)_states[chunk];
            _states[chunk] = (byte)value;
            Had += IsHad(value) ? 1u : 0u;
            Had -= IsHad(before) ? 1u : 0u;
            Storing += value == ChunkState.Storing ? 1u : 0u;
            Storing -= before == ChunkState.Storing ? 1u : 0u;
        }
    }

    /// <summary>The tier that a chunk came from.</summary>
    public Tier OriginOf(uint chunk) => (Tier)(_origins[chunk] & ~CountedBit);

    /// <summary>Notes the tier that a chunk came from.</summary>
    public void SetOrigin(uint chunk, Tier tier) =>
        _origins[chunk] = (byte)((_origins[chunk] & CountedBit) | (byte)tier);

    /// <summary>Notes that a chunk was played; false when that was noted before.</summary>
    public bool TryCount(uint chunk)
    {
        if ((_origins[chunk] & CountedBit) != 0)
            return false;

        _origins[chunk] |= CountedBit;
        return true;
    }

    /// <summary>
    /// Notes what the cache holds: a bit for each chunk. Chunks that stand anywhere else stay as they are.
    /// </summary>
    public void AddPresent(ReadOnlySpan<ulong> present)
    {
        for (uint i = 0; i < Count && i / 64 < present.Length; i++)
        {
            if ((present[(int)(i / 64)] & (1ul << (int)(i % 64))) == 0 || this[i] != ChunkState.Missing)
                continue;

            this[i] = ChunkState.Held;
            SetOrigin(i, Tier.Cache);
        }
    }

    /// <summary>Sets a bit for each chunk that is in the cache.</summary>
    public void CopyHeld(Span<ulong> present)
    {
        for (uint i = 0; i < Count; i++)
        {
            if (_states[i] >= (byte)ChunkState.Held)
                present[(int)(i / 64)] |= 1ul << (int)(i % 64);
        }
    }

    /// <summary>
    /// The first missing chunk at or after <paramref name="from"/>; <see cref="Count"/> when none is.
    /// </summary>
    public uint NextMissing(uint from)
    {
        if (from >= Count)
            return Count;

        var offset = _states.AsSpan((int)from).IndexOf((byte)ChunkState.Missing);
        return offset < 0 ? Count : from + (uint)offset;
    }

    /// <summary>
    /// The first chunk at or after <paramref name="from"/> that has not arrived; <see cref="Count"/> when all have.
    /// </summary>
    public uint NextAbsent(uint from)
    {
        if (from >= Count)
            return Count;

        var offset = _states.AsSpan((int)from).IndexOfAny((byte)ChunkState.Missing, (byte)ChunkState.Asked);
        return offset < 0 ? Count : from + (uint)offset;
    }

    private static bool IsHad(ChunkState state) => state >= ChunkState.Storing;
}
