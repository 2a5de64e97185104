using System.Buffers.Binary;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Mp4;

/// <summary>
/// An atom of an MP4 file: u32 size with its header, four letters, where the size is 1 another of 64 bits.
/// </summary>
/// <param name="Name">Its four letters, each a byte.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">Where it ends, within the part of the file that it lies in.</param>
internal readonly record struct Mp4Atom(string Name, long Start, long End)
{
    private const int HeaderSize = 8;
    private const int LargeHeaderSize = 16;

    /// <summary>The atoms between two places, up to the first that is none.</summary>
    public static IEnumerable<Mp4Atom> Between(Stream file, long start, long end)
    {
        for (var count = 0; count < TagLimits.MaxParts && TryRead(file, start, end) is { } atom; count++)
        {
            yield return atom;
            start = atom.End;
        }
    }

    /// <summary>Bytes of its content.</summary>
    public TagCursor Open(Stream file) => TagCursor.At(file, Start, End);

    private static Mp4Atom? TryRead(Stream file, long start, long end)
    {
        Span<byte> header = stackalloc byte[LargeHeaderSize];
        if (end - start < HeaderSize || !TagCursor.At(file, start, end).TryRead(header[..HeaderSize]))
            return null;

        var name = Windows1252.Decode(header[4..HeaderSize]);
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var headerSize = HeaderSize;
        if (size == 1)
        {
            if (!TagCursor.At(file, start, end).TryRead(header))
                return null;

            size = BinaryPrimitives.ReadInt64BigEndian(header[HeaderSize..]);
            headerSize = LargeHeaderSize;
        }
        else if (size == 0)
        {
            size = end - start;
        }

        return size >= headerSize
            ? new Mp4Atom(name, start + headerSize, size > end - start ? end : start + size)
            : null;
    }
}
