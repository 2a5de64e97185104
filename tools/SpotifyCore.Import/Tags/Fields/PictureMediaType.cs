namespace SpotifyCore.Import.Tags.Fields;

/// <summary>Tells what kind of picture bytes are: what a tag says of them is wrong too often.</summary>
internal static class PictureMediaType
{
    private const int MaxLength = 64;

    /// <summary>
    /// The media type by the first bytes, else the declared one where it is that of an image; null for what is no
    /// picture.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> data, string declared) => ByContent(data) ?? ByName(data, declared);

    private static string? ByContent(ReadOnlySpan<byte> data)
    {
        if (data is [0xFF, 0xD8, 0xFF, ..])
            return "image/jpeg";
        if (data is [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
            return "image/png";
        if (data.StartsWith("GIF8"u8))
            return "image/gif";
        if (data.StartsWith("BM"u8))
            return "image/bmp";
        if (data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8))
            return "image/tiff";
        if (data.Length < 12)
            return null;
        if (data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8))
            return "image/webp";

        return data[4..].StartsWith("ftypavif"u8) ? "image/avif" : null;
    }

    private static string? ByName(ReadOnlySpan<byte> data, string declared) =>
        !data.IsEmpty
        && declared.Length is > 6 and <= MaxLength
        && declared.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        && declared.All(static sign => sign is > ' ' and <= '~')
            ? declared.ToLowerInvariant()
            : null;
}
