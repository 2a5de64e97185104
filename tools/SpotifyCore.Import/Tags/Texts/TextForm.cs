namespace SpotifyCore.Import.Tags.Texts;

/// <summary>How a tag says that bytes are text.</summary>
internal enum TextForm
{
    /// <summary>One byte a character, of a character set that programs disagree about.</summary>
    Narrow,

    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>UTF-16 with a mark of its byte order, which not all write.</summary>
    Utf16,

    /// <summary>UTF-16, the higher byte first.</summary>
    Utf16BigEndian,
}
