using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>
/// FLAC's PICTURE, as a block or in a comment. Big-endian: u32 kind; media type and description, each behind its u32
/// length; u32 width, height, depth, colours; the bytes behind their u32 length.
/// </summary>
internal static class FlacPicture
{
    private const int MaxMediaType = 256;
    private const int Sizes = 16;

    /// <summary>Reads a picture, if it is wanted.</summary>
    public static void Read(TagCursor block, TagFields fields)
    {
        var kind = (PictureKind)block.ReadUInt32BigEndian();
        if (!fields.Wants(kind))
            return;

        var mediaType = block.Part(block.ReadUInt32BigEndian()).Read(MaxMediaType);
        block.Skip(block.ReadUInt32BigEndian());
        block.Skip(Sizes);

        var data = block.Part(block.ReadUInt32BigEndian()).Read(TagLimits.MaxPicture + 1);
        fields.Add(kind, Windows1252.Decode(mediaType), data);
    }
}
