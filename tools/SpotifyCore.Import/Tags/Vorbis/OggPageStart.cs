using System.Buffers.Binary;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>What stands before the body of an Ogg page.</summary>
/// <param name="IsFirst">True when it begins its stream.</param>
/// <param name="Serial">Names the stream.</param>
/// <param name="Segments">Lengths of the body's segments.</param>
internal readonly record struct OggPageStart(bool IsFirst, uint Serial, byte[] Segments)
{
    // "OggS", u8 version, u8 flags, i64 granule, u32 serial, u32 sequence, u32 checksum, u8 number of segments.
    private const int Size = 27;
    private const byte First = 2;

    /// <summary>Length of the body.</summary>
    public int BodyLength => Segments.Sum(static segment => segment);

    /// <summary>Reads a page from the place where the file stands up to its body; false where there is none.</summary>
    public static bool TryRead(Stream file, out OggPageStart page)
    {
        page = default;
        Span<byte> header = stackalloc byte[Size];
        if (file.ReadAtLeast(header, Size, throwOnEndOfStream: false) < Size || !header.StartsWith("OggS"u8))
            return false;

        var segments = new byte[header[Size - 1]];
        if (file.ReadAtLeast(segments, segments.Length, throwOnEndOfStream: false) < segments.Length)
            return false;

        page = new OggPageStart(
            (header[5] & First) != 0, BinaryPrimitives.ReadUInt32LittleEndian(header[14..]), segments);
        return true;
    }
}
