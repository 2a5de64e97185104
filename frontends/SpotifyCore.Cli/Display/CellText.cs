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
