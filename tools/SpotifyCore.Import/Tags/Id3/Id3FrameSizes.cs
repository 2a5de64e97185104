using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>
/// Finds out how the sizes of version 2.4's frames are written: with 7 bits a byte, or with 8 as some programs did. The
/// two differ from 128 bytes on, and only one of them leads from frame to frame.
/// </summary>
internal static class Id3FrameSizes
{
    /// <summary>True where 8 bits a byte lead further.</summary>
    public static bool ArePlain(Stream file, long from, long to) =>
        Follow(file, from, to, isPlain: false) is { IsWhole: false } safe
        && Follow(file, from, to, isPlain: true) is var plain
        && (plain.IsWhole || plain.Frames > safe.Frames);

    private static (int Frames, bool IsWhole) Follow(Stream file, long from, long to, bool isPlain)
    {
        var frames = TagCursor.At(file, from, to);
        Span<byte> bytes = stackalloc byte[Id3FrameHeader.SizeIn(4)];
        for (var count = 0; count < TagLimits.MaxParts; count++)
        {
            if (frames.Left < bytes.Length)
                return (count, !frames.Read(bytes.Length).AsSpan().ContainsAnyExcept((byte)0));

            frames.TryRead(bytes);
            if (!Id3FrameHeader.TryRead(bytes, 4, isPlain, out var header))
                return (count, bytes[0] == 0);
            if (header.Length > frames.Left)
                return (count, false);

            frames.Skip(header.Length);
        }

        return (TagLimits.MaxParts, false);
    }
}
