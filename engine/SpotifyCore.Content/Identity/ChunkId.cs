using System.Buffers.Binary;

namespace SpotifyCore.Content.Identity;

/// <summary>Names one chunk, a fixed-size piece of a file.</summary>
public readonly record struct ChunkId(FileId File, uint Index)
{
    /// <summary>Length of the wire form: 16 bytes of file, 4 bytes of index, little-endian.</summary>
    public const int Size = FileId.Size + sizeof(uint);

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static ChunkId Read(ReadOnlySpan<byte> source) =>
        new(FileId.Read(source), BinaryPrimitives.ReadUInt32LittleEndian(source[FileId.Size..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        File.Write(destination);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[FileId.Size..], Index);
    }

    /// <summary>The file's hash code with the index mixed in; the same in every process.</summary>
    public override int GetHashCode() => unchecked(File.GetHashCode() + (int)(Index * 0x9E3779B1u));

    /// <summary>File and index, as in <c>…/12</c>.</summary>
    public override string ToString() => $"{File}/{Index}";
}
