using System.Buffers.Text;
using System.Text;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>
/// A Vorbis comment, as FLAC and all codecs in Ogg have it. Little-endian: the maker behind its u32 length, u32
/// number of comments, each NAME=value behind its u32 length.
/// </summary>
internal sealed class VorbisComment
{
    // Four letters of base64 for three bytes of a picture and of what stands before it.
    private const int MaxPictureText = (TagLimits.MaxPicture + TagLimits.MaxText) / 3 * 4;
    private const int MaxName = 256;

    private const string Picture = "METADATA_BLOCK_PICTURE";
    private const string OldPicture = "COVERART";

    private readonly TagFields _fields = new();
    private readonly TagTexts _texts = new();

    /// <summary>Reads a comment; one that ends early gives what is whole.</summary>
    public static TagFields Read(TagCursor comment)
    {
        var reader = new VorbisComment();
        comment.Skip(comment.ReadUInt32LittleEndian());
        var count = Math.Min(comment.ReadUInt32LittleEndian(), TagLimits.MaxParts);
        for (var i = 0; i < count && comment.Left > 0; i++)
            reader.ReadOne(comment.Part(comment.ReadUInt32LittleEndian()));

        reader._texts.MoveTo(reader._fields);
        return reader._fields;
    }

    private void ReadOne(TagCursor comment)
    {
        var name = ReadName(comment);
        if (name.Equals(Picture, StringComparison.OrdinalIgnoreCase))
        {
            if (ReadBase64(comment) is { } block)
                FlacPicture.Read(new TagCursor(new MemoryStream(block), block.Length), _fields);
        }
        else if (name.Equals(OldPicture, StringComparison.OrdinalIgnoreCase))
        {
            // What people did before there was a standard: the picture itself, of which nothing more is said.
            if (_fields.Wants(PictureKind.Other) && ReadBase64(comment) is { } data)
                _fields.Add(PictureKind.Other, "", data);
        }
        else if (TagNames.FieldOf(name) is { } field)
        {
            var text = comment.Read(TagLimits.MaxText);
            _texts.Add(field, name.ToUpperInvariant(), text, TextForm.Utf8, isCut: text.Length == TagLimits.MaxText);
        }
    }

    private static string ReadName(TagCursor comment)
    {
        var name = new StringBuilder();
        while (comment.Left > 0 && name.Length < MaxName && comment.ReadByte() is not (byte)'=' and var letter)
            name.Append((char)letter);

        return name.ToString();
    }

    private static byte[]? ReadBase64(TagCursor comment)
    {
        var text = comment.Read(MaxPictureText);
        if (comment.Left > 0)
            return null;

        // Some leave out the letters that fill the last four.
        Array.Resize(ref text, (text.Length + 3) / 4 * 4);
        text.AsSpan().Replace((byte)0, (byte)'=');
        var status = Base64.DecodeFromUtf8InPlace(text, out var length);
        return status == System.Buffers.OperationStatus.Done ? text[..length] : null;
    }
}
