using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Manifests;

/// <summary>The first 16 bytes, in order, of SHA-256 of a sealed chunk.</summary>
/// <param name="Bits">Those bytes.</param>
public readonly record struct ChunkHash(Id128 Bits)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = Id128.Size;

    /// <summary>Hashes a sealed chunk. Allocates nothing.</summary>
    public static ChunkHash Of(ReadOnlySpan<byte> sealedChunk) => new(Id128.HashOf(sealedChunk));

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static ChunkHash Read(ReadOnlySpan<byte> source) => new(Id128.Read(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) => Bits.Write(destination);

    /// <summary>The first 32 bits, the same in every process.</summary>
    public override int GetHashCode() => Bits.GetHashCode();
}
