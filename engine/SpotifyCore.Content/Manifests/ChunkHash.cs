using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Manifests;

/// <summary>The first 16 bytes, in order, of SHA-256 of a sealed chunk.</summary>
public readonly record struct ChunkHash(ulong High, ulong Low)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>Hashes a sealed chunk. Allocates nothing.</summary>
    public static ChunkHash Of(ReadOnlySpan<byte> sealedChunk)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(sealedChunk, hash);
        return Read(hash);
    }

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static ChunkHash Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The first 32 bits, the same in every process.</summary>
    public override int GetHashCode() => unchecked((int)(High >> 32));
}
