using SpotifyCore.Import.Tags.Ape;
using SpotifyCore.Import.Tags.Chunks;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Id3;
using SpotifyCore.Import.Tags.Mp4;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Vorbis;

namespace SpotifyCore.Import.Tags;

/// <summary>
/// Reads the tags of a file, of the kind its first bytes tell and of those that any file may begin and end with.
/// Nothing in a file makes it fail: what can't be read is not there. What it reads is bounded (<see
/// cref="TagLimits"/>).
/// </summary>
internal static class TagReader
{
    private const int BufferSize = 16 * 1024;
    private const int HeadSize = 16;

    /// <summary>Reads a file; empty where it has no tags, or none of a kind that is known here.</summary>
    /// <exception cref="IOException">It can't be read at all.</exception>
    public static TagFields Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        return file.CanSeek ? Read(file) : new TagFields();
    }

    /// <summary>Reads what can be sought in.</summary>
    public static TagFields Read(Stream file)
    {
        var (id3, ape) = (new TagFields(), new TagFields());
        var start = ReadFront(file, id3, ape);
        var head = TagCursor.At(file, start, file.Length).Read(HeadSize);
        var fields = ReadContainer(file, start, head);
        var tail = new TailReader(file, start);
        tail.Read();
        id3.Complete(tail.Id3v2);
        ape.Complete(tail.Ape);

        // What a format's own programs write is better than what was put beside it; ID3v1 cuts, so it comes last.
        foreach (var tag in (TagFields[])(IsOfApe(head) ? [ape, id3, tail.Id3v1] : [id3, ape, tail.Id3v1]))
            fields.Complete(tag);

        return fields;
    }

    /// <summary>Where in a file that begins and ends what is no tag.</summary>
    public static (long Start, long End) FindContent(Stream file)
    {
        var start = ReadFront(file, new TagFields(), new TagFields());
        var tail = new TailReader(file, start);
        tail.Read();
        return (start, tail.End);
    }

    private static long ReadFront(Stream file, TagFields id3, TagFields ape)
    {
        var start = 0L;
        for (var count = 0; count < TagLimits.MaxTags; count++)
        {
            if (Id3v2Reader.Read(file, start, file.Length, out var length) is { } tag)
            {
                id3.Complete(tag);
                start += length;
            }
            else if (ApeHeader.TryRead(TagCursor.At(file, start, file.Length).Read(ApeHeader.Length), out var header))
            {
                start += ApeHeader.Length;
                ape.Complete(ApeReader.Read(TagCursor.At(file, start, start + header.Size), header.Count));
                start += header.Size;
            }
            else
            {
                break;
            }
        }

        return Math.Min(start, file.Length);
    }

    private static TagFields ReadContainer(Stream file, long start, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("fLaC"u8))
            return FlacReader.Read(TagCursor.At(file, start + 4, file.Length));
        if (head.StartsWith("OggS"u8))
            return OggReader.Read(file, start);
        if (head.StartsWith("DSD "u8))
            return DsfReader.Read(file);
        if (ChunkReader.FormOf(head) is { } form)
            return ChunkReader.Read(file, start, form);

        return Mp4Reader.IsMp4(file, start) ? Mp4Reader.Read(file, start) : new TagFields();
    }

    // WavPack, Musepack (both versions), Monkey's Audio, OptimFROG and TAK are tagged with APE.
    private static bool IsOfApe(ReadOnlySpan<byte> head) =>
        head.StartsWith("wvpk"u8) || head.StartsWith("MPCK"u8) || head.StartsWith("MP+"u8)
        || head.StartsWith("MAC "u8) || head.StartsWith("OFR "u8) || head.StartsWith("tBaK"u8);
}
