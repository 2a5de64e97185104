using System.Buffers.Binary;
using System.IO.Compression;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>ID3v2.2, 2.3 and 2.4, wherever a tag lies in a file. Encrypted frames are left out.</summary>
internal static class Id3v2Reader
{
    private const byte OldCompressed = 0x80;
    private const byte OldEncrypted = 0x40;
    private const byte OldGrouped = 0x20;

    private const byte Grouped = 0x40;
    private const byte Compressed = 0x08;
    private const byte Encrypted = 0x04;
    private const byte Unsynchronised = 0x02;
    private const byte HasLength = 0x01;

    private const int ZLibHeaderSize = 2;
    private const byte NeedsDictionary = 0x20;

    /// <summary>Reads the tag that begins at <paramref name="start"/>; null where none does.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where the part of the file ends that it lies in.</param>
    /// <param name="length">Its length in the file.</param>
    public static TagFields? Read(Stream file, long start, long end, out long length)
    {
        length = 0;
        Span<byte> bytes = stackalloc byte[Id3v2Header.Size];
        if (!TagCursor.At(file, start, end).TryRead(bytes) || !Id3v2Header.TryRead(bytes, "ID3"u8, out var header))
            return null;

        length = header.TagLength;
        if (header.IsCompressed)
            return new TagFields();

        var from = start + Id3v2Header.Size;
        var to = Math.Min(from + header.Length, end);
        var isSizePlain = header.Version == 4 && Id3FrameSizes.ArePlain(file, from, to);
        var frames = TagCursor.At(file, from, to);

        // Version 2.4 unsynchronises each frame for itself, those before all of them at once.
        if (header is { Version: < 4, IsUnsynchronised: true })
            frames = Decode(new UnsynchronisedStream(new CursorStream(frames)), frames.Left);

        return ReadFrames(frames, header, isSizePlain);
    }

    private static TagFields ReadFrames(TagCursor frames, Id3v2Header tag, bool isSizePlain)
    {
        var reader = new Id3FrameReader();
        Span<byte> bytes = stackalloc byte[Id3FrameHeader.SizeIn(tag.Version)];
        var hasHeader = tag.IsExtended ? TryPassExtendedHeader(frames, tag.Version, bytes) : frames.TryRead(bytes);
        for (var count = 0; hasHeader && count < TagLimits.MaxParts; count++)
        {
            if (!Id3FrameHeader.TryRead(bytes, tag.Version, isSizePlain, out var header))
                break;

            var frame = frames.Part(header.Length);
            if (Id3FrameReader.IsWanted(header.Id))
                ReadFrame(reader, header, frame, tag);

            hasHeader = frames.TryRead(bytes);
        }

        return reader.Finish();
    }

    private static void ReadFrame(Id3FrameReader reader, Id3FrameHeader header, TagCursor frame, Id3v2Header tag)
    {
        try
        {
            if (ContentOf(frame, header.Format, tag) is { } content)
                reader.Read(header.Id, content);
        }
        catch (InvalidDataException)
        {
            // What does not inflate is as good as not there.
        }
    }

    // The flags say what stands between header and content, in this order, and how the content is stored.
    private static TagCursor? ContentOf(TagCursor frame, byte format, Id3v2Header tag)
    {
        if (tag.Version < 4)
        {
            frame.Skip((format & OldCompressed) != 0 ? 4 : 0);
            frame.Skip((format & OldGrouped) != 0 ? 1 : 0);
            return (format & OldEncrypted) != 0 ? null
                : (format & OldCompressed) != 0 ? Inflate(frame)
                : frame;
        }

        if ((format & Encrypted) != 0)
            return null;

        frame.Skip((format & Grouped) != 0 ? 1 : 0);
        var isWhole = (format & HasLength) != 0 && HasItsLength(frame);
        if ((tag.IsUnsynchronised || (format & Unsynchronised) != 0) && !isWhole)
            frame = Decode(new UnsynchronisedStream(new CursorStream(frame)), frame.Left);

        return (format & Compressed) != 0 ? Inflate(frame) : frame;
    }

    // Reads the length before unsynchronisation. Some set the flag for what has none: then it still is so long.
    private static bool HasItsLength(TagCursor frame)
    {
        Span<byte> bytes = stackalloc byte[4];
        return frame.TryRead(bytes) && Id3v2Header.TryReadSyncSafe(bytes, out var length) && length == frame.Left;
    }

    // What needs a dictionary can't be read by anybody, and .NET answers it with an exception that it keeps to itself.
    private static TagCursor? Inflate(TagCursor frame)
    {
        Span<byte> header = stackalloc byte[ZLibHeaderSize];
        return frame.TryRead(header) && (header[1] & NeedsDictionary) == 0
            ? Decode(
                new DeflateStream(new CursorStream(frame), CompressionMode.Decompress),
                TagLimits.MaxPicture + TagLimits.MaxText)
            : null;
    }

    // The length is a limit: what is decoded ends where it ends.
    private static TagCursor Decode(Stream decoded, long most) => new(decoded, most);

    // Some set the flag and write no such header: then a frame begins here.
    private static bool TryPassExtendedHeader(TagCursor frames, int version, Span<byte> firstFrame)
    {
        if (!frames.TryRead(firstFrame[..4]))
            return false;

        if (!firstFrame[..4].ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8))
            return frames.TryRead(firstFrame[4..]);

        // Version 2.3 does not count the size itself, 2.4 does.
        var size = BinaryPrimitives.ReadUInt32BigEndian(firstFrame);
        if (version == 4)
            size = Id3v2Header.TryReadSyncSafe(firstFrame, out var safe) ? (uint)Math.Max(safe - 4, 0) : size - 4;

        frames.Skip(size);
        return frames.TryRead(firstFrame);
    }
}
