using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using AnyAscii;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Content.Names;

/// <summary>
/// Brings what sounds and looks alike to one form: case, accents of Latin and Greek, points of Arabic and Hebrew, full
/// and half width, both kana, ligatures and letters written as symbols. Marks that change a word (of India, Thailand,
/// the short i of Cyrillic) stay.
/// </summary>
internal static class Folding
{
    /// <summary>Longest text taken, in characters.</summary>
    public const int MaxLength = 1_024;

    // From U+FF66 to U+FF9F: half-width kana, the last two being marks.
    private const string HalfWidthKana =
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309a";

    private static readonly FrozenDictionary<int, string> Letters = new Dictionary<int, string>
    {
        ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['ı'] = "i", ['ħ'] = "h", ['ŋ'] = "n", ['ŧ'] = "t",
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th", ['ς'] = "σ", ['ё'] = "е", ['ə'] = "e",
        ['أ'] = "ا", ['إ'] = "ا", ['آ'] = "ا", ['ٱ'] = "ا", ['ى'] = "ي", ['ی'] = "ي", ['ې'] = "ي", ['ة'] = "ه",
        ['ۀ'] = "ه", ['ہ'] = "ه", ['ک'] = "ك", ['ؤ'] = "و", ['ئ'] = "ي", ['ـ'] = "",
        ['♯'] = "#", ['♭'] = "b",
    }.ToFrozenDictionary();

    /// <summary>The text in that form, its signs and spaces as they are, without apostrophes.</summary>
    public static string Fold(string text)
    {
        if (text.Length > MaxLength)
            text = text[..MaxLength];

        var folded = new StringBuilder(text.Length + 8);
        foreach (var rune in ComposedText.Of(PlainText.Of(Widened(text))).EnumerateRunes())
            Append(folded, rune);

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.Value < 0x80)
        {
            if (rune.Value is not ('\'' or '`'))
                folded.Append((char)Rune.ToLowerInvariant(rune).Value);

            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (IsLeftOut(lower))
            return;

        if (Letters.TryGetValue(lower.Value, out var letters))
            folded.Append(letters);
        else if (lower.Value is >= 0x30A1 and <= 0x30F6)
            folded.Append((char)(lower.Value - 0x60)); // katakana
        else if (IsSymbolOfLetters(lower))
            folded.Append(lower.ToString().Transliterate().ToLowerInvariant());
        else
            folded.Append(Bare(lower));
    }

    private static bool IsLeftOut(Rune rune) => rune.Value switch
    {
        '\u2019' or '\u2018' or '\u02bc' or '\u02bb' or '\u02bf' or '\u00b4' or '\u2032' or '\u05f3' => true,
        >= 0x0300 and <= 0x036F => true,
        >= 0x0591 and <= 0x05C7 => Scripts.IsMark(rune),
        >= 0x0610 and <= 0x06ED => Scripts.IsMark(rune),
        0xFE0E or 0xFE0F or 0x093C or 0x0A3C => true, // and the dot below of India, which is often left out
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };

    // Superscripts, numerals, letters in circles, ligatures, letters of mathematics.
    private static bool IsSymbolOfLetters(Rune rune) => rune.Value
        is 0xAA or 0xB2 or 0xB3 or 0xB9 or 0xBA or (>= 0xBC and <= 0xBE) or (>= 0x2070 and <= 0x209F)
        or (>= 0x2100 and <= 0x218F) or (>= 0x2460 and <= 0x24FF) or (>= 0xFB00 and <= 0xFB06)
        or (>= 0x1D400 and <= 0x1D7FF);

    private static string Bare(Rune rune)
    {
        var text = rune.ToString();
        var hasAccents = rune.Value is (>= 0xC0 and <= 0x24F) or (>= 0x370 and <= 0x3FF) or (>= 0x1E00 and <= 0x1FFF);
        return hasAccents ? ComposedText.Decomposed(text)[..1] : text;
    }

    private static string Widened(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uff01', '\uff9f') < 0)
            return text;

        return string.Create(text.Length, text, static (wide, text) =>
        {
            for (var i = 0; i < wide.Length; i++)
            {
                wide[i] = text[i] switch
                {
                    >= '\uff01' and <= '\uff5e' => (char)(text[i] - 0xFEE0),
                    >= '\uff66' and <= '\uff9f' => HalfWidthKana[text[i] - '\uff66'],
                    _ => text[i],
                };
            }
        });
    }
}
