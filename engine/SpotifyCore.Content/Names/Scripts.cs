using System.Globalization;
using System.Text;

namespace SpotifyCore.Content.Names;

/// <summary>What a character is to a search.</summary>
internal static class Scripts
{
    /// <summary>A letter, a digit, or a mark of one.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    /// <summary>A mark that belongs to the letter before it.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>
    /// Of a script that writes words without spaces, or in which a syllable is a character: found by any run of it.
    /// </summary>
    public static bool IsUnspaced(Rune rune) => rune.Value
        is (>= 0x3041 and <= 0x30FF) // kana
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) // ideographs
        or (>= 0xAC00 and <= 0xD7AF) or (>= 0x1100 and <= 0x11FF) // hangul
        or (>= 0x0E01 and <= 0x0EFF) // thai, lao
        or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) // burmese, khmer
        or 0x3005 or 0x3007;

    /// <summary>Hangul, whose syllables are taken apart so that one is found while it is being composed.</summary>
    public static bool IsHangul(Rune rune) => rune.Value is (>= 0xAC00 and <= 0xD7AF) or (>= 0x1100 and <= 0x11FF);

    /// <summary>Of a script that a machine can write in Latin letters as listeners do.</summary>
    public static bool IsRomanized(Rune rune) => rune.Value
        is (>= 0x0370 and <= 0x03FF) or (>= 0x0400 and <= 0x052F) // Greek, Cyrillic
        or (>= 0x0530 and <= 0x058F) or (>= 0x10A0 and <= 0x10FF) // Armenian, Georgian
        or (>= 0x0900 and <= 0x0DFF) // of India
        or (>= 0x3041 and <= 0x30FF) or (>= 0xAC00 and <= 0xD7AF) // kana, hangul
        or (>= 0x3400 and <= 0x9FFF); // ideographs, as they are read in Chinese: alike for both ways of writing them
}
