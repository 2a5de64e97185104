using System.Buffers.Text;
using SpotifyCore.Import.Tags.Ape;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Id3;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags;

/// <summary>
/// Tags at the end of a file, found from its end backwards: APE, ID3v1 (and what extends it), Lyrics3v2, and an
/// ID3v2.4 tag that was appended.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="start">Where tags at its beginning end.</param>
internal sealed class TailReader(Stream file, long start)
{
    // "TAG+" before ID3v1.
    private const int ExtensionSize = 227;

    // The size of Lyrics3v2 in six digits, and "LYRICS200".
    private const int LyricsDigits = 6;
    private const int LyricsEnd = 15;


    /// <summary>Where they begin, once they are read.</summary>
    public long End { get; private set; } = file.Length;

    /// <summary>APE tags; empty where there is none.</summary>
    public TagFields Ape { get; } = new();

    /// <summary>An ID3v2 tag; empty where there is none.</summary>
    public TagFields Id3v2 { get; } = new();

    /// <summary>An ID3v1 tag; empty where there is none.</summary>
    public TagFields Id3v1 { get; } = new();

    /// <summary>Reads all that there are.</summary>
    public void Read()
    {
        // APE's first: its mark has ID3v1's in it.
        for (var count = 0; count < TagLimits.MaxTags; count++)
        {
            if (!TryReadApe() && !TryReadId3v1() && !TryPassLyrics() && !TryReadId3v2())
                break;
        }
    }

    private bool TryReadApe()
    {
        if (!ApeHeader.TryRead(Before(ApeHeader.Length), out var footer) || End - footer.Size < start)
            return false;

        var items = End - footer.Size;
        Ape.Complete(ApeReader.Read(TagCursor.At(file, items, End - ApeHeader.Length), footer.Count));
        End = footer.HasHeader ? Math.Max(items - ApeHeader.Length, start) : items;
        return true;
    }

    private bool TryReadId3v1()
    {
        var tag = Before(Id3v1Reader.Size);
        if (!Id3v1Reader.IsTag(tag))
            return false;

        Id3v1.Complete(Id3v1Reader.Read(tag));
        End -= Id3v1Reader.Size;
        if (Before(ExtensionSize).AsSpan().StartsWith("TAG+"u8))
            End -= ExtensionSize;

        return true;
    }

    private bool TryPassLyrics()
    {
        var mark = Before(LyricsEnd).AsSpan();
        if (!mark.EndsWith("LYRICS200"u8) || !Utf8Parser.TryParse(mark[..LyricsDigits], out uint size, out _)
            || End - LyricsEnd - size < start)
            return false;

        End -= LyricsEnd + size;
        return true;
    }

    private bool TryReadId3v2()
    {
        if (!Id3v2Header.TryRead(Before(Id3v2Header.Size), "3DI"u8, out var footer) || End - footer.TagLength < start)
            return false;

        End -= footer.TagLength;
        Id3v2.Complete(Id3v2Reader.Read(file, End, End + footer.TagLength, out _) ?? new TagFields());
        return true;
    }

    private byte[] Before(int size) => End - size < start ? [] : TagCursor.At(file, End - size, End).Read(size);
}
