using System.Buffers;
using System.Text;

namespace SpotifyCore.Import.Tags.Texts;

/// <summary>Tells whether bytes are UTF-8, and reads them.</summary>
internal static class Utf8Form
{
    /// <summary>Counts the characters of several bytes; false when something in it is not UTF-8.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="isCut">Whether its end may be missing, within a character.</param>
    /// <param name="wide">How many characters beyond ASCII there are.</param>
    public static bool TryCount(ReadOnlySpan<byte> bytes, bool isCut, out int wide)
    {
        wide = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (status == OperationStatus.NeedMoreData && isCut)
                return true;
            if (status != OperationStatus.Done)
                return false;

            wide += rune.IsAscii ? 0 : 1;
            bytes = bytes[length..];
        }

        return true;
    }

    /// <summary>The text; a character whose end is missing is left out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        for (var missing = 1; missing <= Math.Min(3, bytes.Length); missing++)
        {
            if (Rune.DecodeFromUtf8(bytes[^missing..], out _, out _) == OperationStatus.NeedMoreData)
                return System.Text.Encoding.UTF8.GetString(bytes[..^missing]);
        }

        return System.Text.Encoding.UTF8.GetString(bytes);
    }
}
