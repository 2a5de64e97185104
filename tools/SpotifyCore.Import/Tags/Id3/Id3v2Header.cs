using System.Buffers.Binary;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>The header of an ID3v2 tag.</summary>
/// <param name="Version">2, 3 or 4.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Length">Bytes of frames and padding.</param>
internal readonly record struct Id3v2Header(int Version, byte Flags, int Length)
{
    /// <summary>Length of the form: "ID3", u8 version, u8 revision, u8 flags, 4 times 7 bits of length.</summary>
    public const int Size = 10;

    /// <summary>True where all frames are unsynchronised.</summary>
    public bool IsUnsynchronised => (Flags & 0x80) != 0;

    /// <summary>True where an extended header comes first.</summary>
    public bool IsExtended => Version > 2 && (Flags & 0x40) != 0;

    /// <summary>True for a compressed tag, for which version 2.2 had a flag and no method.</summary>
    public bool IsCompressed => Version == 2 && (Flags & 0x40) != 0;

    /// <summary>Bytes of the whole tag, with what stands behind it.</summary>
    public long TagLength => Size + (long)Length + (Version == 4 && (Flags & 0x10) != 0 ? Size : 0);

    /// <summary>Reads a header, or the footer that repeats it as "3DI".</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark, out Id3v2Header header)
    {
        header = default;
        if (bytes.Length < Size || !bytes.StartsWith(mark) || bytes[3] is < 2 or > 4
            || !TryReadSyncSafe(bytes[6..], out var length))
            return false;

        header = new Id3v2Header(bytes[3], bytes[5], length);
        return true;
    }

    /// <summary>Reads a number of 28 bits, 7 in each of 4 bytes; false where a byte has the eighth.</summary>
    public static bool TryReadSyncSafe(ReadOnlySpan<byte> bytes, out int number)
    {
        var all = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        number = (int)((all & 0x7F) | ((all & 0x7F00) >> 1) | ((all & 0x7F0000) >> 2) | ((all & 0x7F000000) >> 3));
        return (all & 0x80808080) == 0;
    }
}
