using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>A chunk's id as the log stores it: 24 bytes, aligned to 8.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = Size)]
internal readonly struct RecordKey(ChunkId chunk) : IEquatable<RecordKey>
{
    public const int Size = 24;

    private readonly ulong _high = chunk.File.Bits.High;
    private readonly ulong _low = chunk.File.Bits.Low;
    private readonly uint _index = chunk.Index;

    public ChunkId Chunk => new(new FileId(new Id128(_high, _low)), _index);

    public ulong Mixed => (_high ^ (_low * 0x9E3779B97F4A7C15)) + (_index * 0xD6E8FEB86659FD93);

    public bool Equals(RecordKey other) => _high == other._high && _low == other._low && _index == other._index;

    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    public override int GetHashCode() => Chunk.GetHashCode();
}
