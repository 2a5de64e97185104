using System.Globalization;
using System.Text;

namespace SpotifyCore.Cli.Display;

/// <summary>Text measured in the cells of a terminal.</summary>
internal static class CellText
{
    private const char Ellipsis = '…';

    /// <summary>Cells that a text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);

        return width;
    }

    /// <summary>As much of a text as fits, with an ellipsis where something is cut off.</summary>
    public static string Fit(string text, int width)
    {
        if (Width(text) <= width)
            return text;
        if (width < 1)
            return "";

        var fitted = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune);
            if (used > width - 1)
                break;

            fitted.Append(rune.ToString());
        }

        return fitted.Append(Ellipsis).ToString();
    }

    /// <summary>All of a text in lines that fit, broken between words where that can be.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        for (var rest = text; rest.Length > 0; rest = rest.TrimStart())
        {
            var end = LengthOf(rest, width);
            if (end < rest.Length && rest.LastIndexOf(' ', end) is > 0 and var space)
                end = space;

            yield return rest[..end].TrimEnd();
            rest = rest[end..];
        }
    }

    // So many characters fit; the first one always.
    private static int LengthOf(string text, int width)
    {
        var (length, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune);
            if (used > width && length > 0)
                break;

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    // Unicode's East Asian wide and fullwidth blocks, and pictures, take two cells; marks and controls none.
    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ => rune.Value
            is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF)
            or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
            or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2 : 1,
    };
}
