using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>Comments of Vorbis, Opus, Speex and FLAC in Ogg. Of a chain, those of the first link.</summary>
internal static class OggReader
{
    // "OpusTags"; and 0x03 "vorbis" before a comment of Vorbis.
    private const int OpusMark = 8;
    private const int VorbisMark = 7;

    /// <summary>Reads a file whose first page begins at <paramref name="start"/>.</summary>
    public static TagFields Read(Stream file, long start)
    {
        file.Position = start;
        Span<byte> head = stackalloc byte[OpusMark];
        for (var pages = 0; pages < TagLimits.MaxParts; pages++)
        {
            var at = file.Position;
            if (!OggPageStart.TryRead(file, out var page) || !page.IsFirst)
                break;

            var body = file.Position;
            head[file.ReadAtLeast(head, Math.Min(head.Length, page.BodyLength), throwOnEndOfStream: false)..].Clear();
            file.Position = at;
            var packets = new OggPackets(file, page.Serial);
            if (CodecOf(head) is { } codec)
                return codec(packets);

            file.Position = body + page.BodyLength;
        }

        return new TagFields();
    }

    private static Func<OggPackets, TagFields>? CodecOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\u0001vorbis"u8))
            return static packets => ReadSecond(packets, VorbisMark);
        if (head.StartsWith("OpusHead"u8))
            return static packets => ReadSecond(packets, OpusMark);
        if (head.StartsWith("Speex   "u8))
            return static packets => ReadSecond(packets, mark: 0);

        return head.StartsWith("\u007fFLAC"u8) ? ReadFlac : null;
    }

    private static TagFields ReadSecond(OggPackets packets, int mark)
    {
        if (!packets.TryNext() || !packets.TryNext())
            return new TagFields();

        var comment = new TagCursor(packets, long.MaxValue);
        comment.Skip(mark);
        return VorbisComment.Read(comment);
    }

    // Each packet behind the first is a metadata block; the sound begins with 0xFF.
    private static TagFields ReadFlac(OggPackets packets)
    {
        var fields = new TagFields();
        packets.TryNext();
        for (var count = 0; count < TagLimits.MaxParts && packets.TryNext(); count++)
        {
            if (FlacReader.ReadBlock(new TagCursor(packets, long.MaxValue), fields))
                break;
        }

        return fields;
    }
}
