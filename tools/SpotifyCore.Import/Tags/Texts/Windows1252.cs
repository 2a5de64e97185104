namespace SpotifyCore.Import.Tags.Texts;

/// <summary>Windows-1252: Latin-1 with printable characters where that has control characters.</summary>
internal static class Windows1252
{
    private const int First = 0x80;

    // What has no character stays the control character of Latin-1.
    private const string Printable =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>The text of bytes; any bytes are some text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, static (text, from) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = from[i] - First is >= 0 and var high && high < Printable.Length ? Printable[high] : (char)from[i];
    });
}
