using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>
/// FLAC's metadata blocks: behind "fLaC", each u8 kind, whose highest bit marks the last, and u24 length.
/// </summary>
internal static class FlacReader
{
    private const byte CommentBlock = 4;
    private const byte PictureBlock = 6;
    private const byte IsLast = 0x80;

    /// <summary>Reads a file from behind "fLaC" on.</summary>
    public static TagFields Read(TagCursor file)
    {
        var fields = new TagFields();
        for (var count = 0; count < TagLimits.MaxParts && file.Left > 0; count++)
        {
            if (ReadBlock(file, fields))
                break;
        }

        return fields;
    }

    /// <summary>Reads one block; true when it is the last.</summary>
    public static bool ReadBlock(TagCursor blocks, TagFields fields)
    {
        var header = blocks.ReadUInt32BigEndian();
        var kind = (byte)(header >> 24);
        var block = blocks.Part(header & 0xFF_FFFF);
        switch (kind & ~IsLast)
        {
            case CommentBlock:
                fields.Complete(VorbisComment.Read(block));
                break;
            case PictureBlock:
                FlacPicture.Read(block, fields);
                break;
        }

        return (kind & IsLast) != 0;
    }
}
