using System.Buffers.Binary;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Id3;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Chunks;

/// <summary>
/// DSF: "DSD ", u64 size of this, u64 size of the file, u64 place of an ID3v2 tag or 0; little-endian.
/// </summary>
internal static class DsfReader
{
    private const int HeaderSize = 28;
    private const int PlaceOffset = 20;

    /// <summary>Reads a file.</summary>
    public static TagFields Read(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!TagCursor.At(file, 0, file.Length).TryRead(header))
            return new TagFields();

        var place = BinaryPrimitives.ReadInt64LittleEndian(header[PlaceOffset..]);
        return place > 0 && place < file.Length && Id3v2Reader.Read(file, place, file.Length, out _) is { } tag
            ? tag
            : new TagFields();
    }
}
