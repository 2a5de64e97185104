using System.Globalization;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>
/// ID3v1 and 1.1, the last 128 bytes of a file: "TAG", title 30, artist 30, album 30, year 4, comment 30, genre 1. A
/// comment whose last byte but one is zero has the number of the track in its last.
/// </summary>
internal static class Id3v1Reader
{
    /// <summary>Its length.</summary>
    public const int Size = 128;

    /// <summary>Whether bytes are such a tag.</summary>
    public static bool IsTag(ReadOnlySpan<byte> bytes) => bytes.Length == Size && bytes.StartsWith("TAG"u8);

    /// <summary>Reads a tag.</summary>
    public static TagFields Read(ReadOnlySpan<byte> tag)
    {
        var fields = new TagFields();
        var texts = new TagTexts();
        Add(texts, TagField.Title, tag.Slice(3, 30));
        Add(texts, TagField.Artist, tag.Slice(33, 30));
        Add(texts, TagField.Album, tag.Slice(63, 30));
        Add(texts, TagField.Date, tag.Slice(93, 4));
        var hasNumber = tag[125] == 0 && tag[126] != 0;
        Add(texts, TagField.Comment, tag.Slice(97, hasNumber ? 28 : 30));
        if (hasNumber)
            fields.Add(TagField.Track, "track", tag[126].ToString(CultureInfo.InvariantCulture));

        fields.Add(TagField.Genre, "genre", GenreText.NameOf(tag[127]));
        texts.MoveTo(fields);
        return fields;
    }

    // What fills its place to the end was longer, and may be cut within a character.
    private static void Add(TagTexts texts, TagField field, ReadOnlySpan<byte> place)
    {
        var end = place.IndexOf((byte)0);
        texts.Add(field, "", end < 0 ? place : place[..end], TextForm.Narrow, isCut: end < 0);
    }
}
