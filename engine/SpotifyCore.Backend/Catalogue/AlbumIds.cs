using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Ids of albums: a hash of title and artists, folded as the first catalogues folded them. It may never change, or
/// albums that are there would be others.
/// </summary>
internal static class AlbumIds
{
    private const int MaxLength = 1_024;

    private static readonly FrozenDictionary<int, string> Letters = new Dictionary<int, string>
    {
        ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['ı'] = "i",
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th",
        ['ά'] = "α", ['έ'] = "ε", ['ή'] = "η", ['ί'] = "ι", ['ϊ'] = "ι", ['ΐ'] = "ι",
        ['ό'] = "ο", ['ύ'] = "υ", ['ϋ'] = "υ", ['ΰ'] = "υ", ['ώ'] = "ω", ['ς'] = "σ", ['ё'] = "е",
    }.ToFrozenDictionary();

    /// <summary>The id of an album: 32 hexadecimal digits.</summary>
    public static string Of(string title, string artists) =>
        Id128.HashOf(Encoding.UTF8.GetBytes($"album\n{Fold(title)}\n{Fold(artists)}")).ToString();

    // Words between single spaces; a run of a script without spaces is one with a space between its characters.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 16);
        var (hasWord, wasUnspaced) = (false, false);
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (IsApostrophe(rune))
                continue;

            var (isMark, isUnspaced) = (IsMark(rune), IsUnspaced(rune));
            var isOfWord = isMark || Rune.IsLetterOrDigit(rune);
            if (!isOfWord || (hasWord && isUnspaced != wasUnspaced && !isMark))
                hasWord = false;
            if (!isOfWord || (isMark && !hasWord))
                continue;

            if (folded.Length > 0 && (!hasWord || isUnspaced))
                folded.Append(' ');
            if (!isMark)
                wasUnspaced = isUnspaced;

            hasWord = true;
            Append(folded, rune);
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        var narrow = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;
        var lower = Rune.ToLowerInvariant(narrow);
        folded.Append(Letters.TryGetValue(lower.Value, out var letters) ? letters : lower.ToString());
    }

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or 'ʼ' or '`' or '´';

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnspaced(Rune rune) => rune.Value
        is (>= 0x3041 and <= 0x30FF) // kana
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) // ideographs
        or (>= 0xAC00 and <= 0xD7AF) // hangul
        or (>= 0x0E01 and <= 0x0EFF) // thai, lao
        or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) // burmese, khmer
        or 0x3005 or 0x3007;
}
