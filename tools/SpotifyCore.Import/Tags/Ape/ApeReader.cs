using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Ape;

/// <summary>
/// The items of an APE tag of version 1 or 2: u32 length, u32 flags, the name with a NUL, the value; little-endian.
/// Values of one item are separated by NUL.
/// </summary>
internal static class ApeReader
{
    private const int MaxName = 255;
    private const string CoverName = "COVER ART";

    private enum ItemKind
    {
        Text = 0,
        Binary = 1,
    }

    /// <summary>Reads so many items.</summary>
    public static TagFields Read(TagCursor items, uint count)
    {
        var fields = new TagFields();
        var texts = new TagTexts();
        count = Math.Min(count, TagLimits.MaxParts);
        for (var i = 0; i < count && items.Left > 0; i++)
        {
            var length = items.ReadUInt32LittleEndian();
            var kind = (ItemKind)((items.ReadUInt32LittleEndian() >> 1) & 3);
            var name = Windows1252.Decode(items.ReadToNul(1, MaxName)).ToUpperInvariant();
            var value = items.Part(length);
            if (kind == ItemKind.Text && TagNames.FieldOf(name) is { } field)
            {
                var text = value.Read(TagLimits.MaxText);
                texts.Add(field, name, text, TextForm.Utf8, isCut: text.Length == TagLimits.MaxText);
            }
            else if (kind == ItemKind.Binary && name.StartsWith(CoverName, StringComparison.Ordinal))
            {
                ReadPicture(name, value, fields);
            }
        }

        texts.MoveTo(fields);
        return fields;
    }

    // The name of a file, and the picture.
    private static void ReadPicture(string name, TagCursor value, TagFields fields)
    {
        var kind = name.Contains("FRONT", StringComparison.Ordinal) ? PictureKind.FrontCover
            : name.Contains("OTHER", StringComparison.Ordinal) ? PictureKind.Other
            : PictureKind.BackCover;
        if (!fields.Wants(kind))
            return;

        value.ReadToNul(1, MaxName);
        fields.Add(kind, "", value.Read(TagLimits.MaxPicture + 1));
    }
}
