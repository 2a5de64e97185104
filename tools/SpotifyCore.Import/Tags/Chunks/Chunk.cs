using System.Buffers.Binary;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Chunks;

/// <summary>
/// A chunk of a RIFF, AIFF or DSDIFF file: four letters, its size, and its content up to an even place.
/// </summary>
/// <param name="Name">Its four letters.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">Where it ends, within the part of the file that it lies in.</param>
internal readonly record struct Chunk(string Name, long Start, long End)
{
    // RF64 has sizes beyond 32 bits in a chunk of their own: that of the file, then that of the sound.
    private const string LargeSizes = "ds64";
    private const string Sound = "data";
    private const int NameSize = 4;

    /// <summary>The chunks between two places, up to the first that is none.</summary>
    public static IEnumerable<Chunk> Between(Stream file, long start, long end, ChunkForm form)
    {
        var soundSize = 0L;
        for (var count = 0; count < TagLimits.MaxParts; count++)
        {
            if (TryReadHeader(file, start, end, form) is not var (name, size, headerSize))
                break;
            if (name == Sound && size == uint.MaxValue && soundSize > 0)
                size = soundSize;

            var content = start + headerSize;
            var chunk = new Chunk(name, content, content + Math.Min(size, end - content));
            if (name == LargeSizes)
                soundSize = ReadSoundSize(file, chunk);

            yield return chunk;
            start = chunk.End + (IsPadded(file, chunk) ? 1 : 0);
        }
    }

    /// <summary>Bytes of its content.</summary>
    public TagCursor Open(Stream file) => TagCursor.At(file, Start, End);

    private static (string Name, long Size, int HeaderSize)? TryReadHeader(
        Stream file, long start, long end, ChunkForm form)
    {
        Span<byte> header = stackalloc byte[form == ChunkForm.LargeBigEndian ? 12 : 8];
        if (end - start < header.Length || !TagCursor.At(file, start, end).TryRead(header))
            return null;

        var size = form switch
        {
            ChunkForm.LittleEndian => BinaryPrimitives.ReadUInt32LittleEndian(header[NameSize..]),
            ChunkForm.BigEndian => BinaryPrimitives.ReadUInt32BigEndian(header[NameSize..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(header[NameSize..]),
        };
        return size < 0 ? null : (Windows1252.Decode(header[..NameSize]), size, header.Length);
    }

    private static long ReadSoundSize(Stream file, Chunk sizes)
    {
        var content = sizes.Open(file);
        content.Skip(8);
        return BinaryPrimitives.ReadInt64LittleEndian([.. content.Read(8), .. new byte[8]]);
    }

    // Some leave out the byte behind an odd size: then four letters stand there.
    private static bool IsPadded(Stream file, Chunk chunk) =>
        (chunk.End - chunk.Start) % 2 != 0
        && !(TagCursor.At(file, chunk.End, file.Length).Read(NameSize) is { Length: NameSize } letters
            && Array.TrueForAll(letters, static letter => letter is >= (byte)' ' and <= (byte)'~'));
}
