using System.Collections.Frozen;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Id3;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Chunks;

/// <summary>
/// Tags of WAV (RIFF, RF64, BW64), AIFF and DSDIFF: ID3v2 in a chunk of its own, else what the format has itself.
/// </summary>
internal static class ChunkReader
{
    private const int HeaderSize = 12;
    private const int LargeHeaderSize = 16;

    // Of a broadcast wave's bext: description 256, originator 32, reference 32; then the date, 10.
    private const int DateOffset = 320;
    private const int DateLength = 10;

    private static readonly FrozenDictionary<string, TagField> Info = new Dictionary<string, TagField>
    {
        ["INAM"] = TagField.Title,
        ["IART"] = TagField.Artist,
        ["IPRD"] = TagField.Album,
        ["IGNR"] = TagField.Genre,
        ["ICRD"] = TagField.Date,
        ["ITRK"] = TagField.Track,
        ["IPRT"] = TagField.Track,
        ["TRCK"] = TagField.Track,
        ["IMUS"] = TagField.Composer,
        ["ICMT"] = TagField.Comment,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TagField> AiffTexts = new Dictionary<string, TagField>
    {
        ["NAME"] = TagField.Title,
        ["AUTH"] = TagField.Artist,
        ["ANNO"] = TagField.Comment,
    }.ToFrozenDictionary();

    /// <summary>How a file that begins so writes its chunks; null for one that is none of these.</summary>
    public static ChunkForm? FormOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < LargeHeaderSize)
            return null;

        var kind = Windows1252.Decode(head[..4]);
        var content = Windows1252.Decode(head.Slice(kind == "FRM8" ? HeaderSize : 8, 4));
        return (kind, content) switch
        {
            ("RIFF" or "RF64" or "BW64", "WAVE") => ChunkForm.LittleEndian,
            ("FORM", "AIFF" or "AIFC") => ChunkForm.BigEndian,
            ("FRM8", "DSD ") => ChunkForm.LargeBigEndian,
            _ => null,
        };
    }

    /// <summary>Reads a file.</summary>
    public static TagFields Read(Stream file, long start, ChunkForm form)
    {
        var (id3, own, broadcast) = (new TagFields(), new TagFields(), new TagFields());
        var texts = new TagTexts();
        var lists = 0;
        var first = start + (form == ChunkForm.LargeBigEndian ? LargeHeaderSize : HeaderSize);
        foreach (var chunk in Chunk.Between(file, first, file.Length, form))
        {
            if (chunk.Name is "ID3 " or "id3 ")
                id3.Complete(Id3v2Reader.Read(file, chunk.Start, chunk.End, out _) ?? new TagFields());
            else if (chunk.Name == "LIST" && lists++ < TagLimits.MaxTags)
                ReadList(file, chunk, texts);
            else if (chunk.Name == "bext")
                ReadBroadcast(file, chunk, broadcast);
            else if (form == ChunkForm.BigEndian && AiffTexts.TryGetValue(chunk.Name, out var field))
                Add(texts, field, chunk.Name, chunk.Open(file));
        }

        texts.MoveTo(own);
        id3.Complete(own);
        id3.Complete(broadcast);
        return id3;
    }

    private static void ReadList(Stream file, Chunk list, TagTexts texts)
    {
        if (!list.Open(file).Read(4).AsSpan().SequenceEqual("INFO"u8))
            return;

        foreach (var item in Chunk.Between(file, list.Start + 4, list.End, ChunkForm.LittleEndian))
        {
            if (Info.TryGetValue(item.Name.ToUpperInvariant(), out var field))
                Add(texts, field, item.Name, item.Open(file));
        }
    }

    private static void Add(TagTexts texts, TagField field, string name, TagCursor content)
    {
        var text = content.Read(TagLimits.MaxText).AsSpan();

        // What stands behind a NUL is no further value here but what was in the writer's memory.
        var end = text.IndexOf((byte)0);
        texts.Add(field, name, end < 0 ? text : text[..end], TextForm.Narrow, isCut: text.Length == TagLimits.MaxText);
    }

    private static void ReadBroadcast(Stream file, Chunk chunk, TagFields fields)
    {
        var content = chunk.Open(file);
        content.Skip(DateOffset);
        fields.Add(TagField.Date, chunk.Name, Windows1252.Decode(content.Read(DateLength)));
    }
}
