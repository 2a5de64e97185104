using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SpotifyCore.Content.Search;

/// <summary>
/// Brings names and queries to the one form in which they are compared. Letters that decompose (é, Å) are left to
/// SQLite's tokenizer, and to <see cref="Plain"/> where there is none; this folds what it does not know (ø, ß, Greek
/// accents, full-width forms, apostrophes) and cuts scripts that write words without spaces into single characters, so
/// that a query finds any run of them.
/// </summary>
public static class SearchText
{
    /// <summary>Longest text taken, in characters.</summary>
    public const int MaxLength = 1_024;

    private static readonly FrozenDictionary<int, string> Folded = new Dictionary<int, string>
    {
        ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['ı'] = "i",
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th",
        ['ά'] = "α", ['έ'] = "ε", ['ή'] = "η", ['ί'] = "ι", ['ϊ'] = "ι", ['ΐ'] = "ι",
        ['ό'] = "ο", ['ύ'] = "υ", ['ϋ'] = "υ", ['ΰ'] = "υ", ['ώ'] = "ω", ['ς'] = "σ", ['ё'] = "е",
    }.ToFrozenDictionary();

    // Latin letters with an accent, behind the letter that each stands for.
    private static readonly FrozenDictionary<char, char> Unaccented = new[]
    {
        "aàáâãäåāăąǎ", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥ", "iìíîïĩīĭįǐ", "jĵ", "kķ", "lĺļľ", "nñńņň",
        "oòóôõöōŏőǒ", "rŕŗř", "sśŝşšș", "tţťț", "uùúûüũūŭůűųǔ", "wŵẁẃẅ", "yýÿŷỳ", "zźżž",
    }.SelectMany(static letters => letters.Skip(1).Select(letter => KeyValuePair.Create(letter, letters[0])))
        .ToFrozenDictionary();

    /// <summary>The text as it is indexed: words between single spaces.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 16);
        foreach (var word in Words(text))
            folded.Append(folded.Length == 0 ? "" : " ").Append(word);

        return folded.ToString();
    }

    /// <summary>
    /// Whether every word of a query occurs in a text, whole or as a beginning; false for a query without words.
    /// </summary>
    public static bool Matches(string text, string query)
    {
        var plain = $" {Plain(text)}";
        var words = Words(query);
        return words.Count > 0
            && words.All(word => plain.Contains($" {Unaccent(word)}", StringComparison.Ordinal));
    }

    /// <summary>As <see cref="Fold"/>, without the accents of Latin letters: two texts that are alike to a listener.</summary>
    public static string Plain(string text) => Unaccent(Fold(text));

    /// <summary>
    /// The words of a text. A run of a script without spaces is one word with a space between its characters: to the
    /// tokenizer a phrase.
    /// </summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var wasUnspaced = false;
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (IsApostrophe(rune))
                continue;

            var unspaced = IsUnspaced(rune);
            if (!IsPartOfWord(rune) || (word.Length > 0 && unspaced != wasUnspaced && !IsMark(rune)))
                Finish(words, word);

            if (!IsPartOfWord(rune) || (IsMark(rune) && word.Length == 0))
                continue;

            if (unspaced && word.Length > 0)
                word.Append(' ');

            if (!IsMark(rune))
                wasUnspaced = unspaced;

            AppendFolded(word, rune);
        }

        Finish(words, word);
        return words;
    }

    private static string Unaccent(string folded)
    {
        var plain = new StringBuilder(folded.Length);
        foreach (var letter in folded.Where(static letter => !IsMark(letter)))
            plain.Append(Unaccented.GetValueOrDefault(letter, letter));

        return plain.ToString();
    }

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark;

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());

        word.Clear();
    }

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or 'ʼ' or '`' or '´';

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnspaced(Rune rune) => rune.Value
        is (>= 0x3041 and <= 0x30FF) // kana
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) // ideographs
        or (>= 0xAC00 and <= 0xD7AF) // hangul
        or (>= 0x0E01 and <= 0x0EFF) // thai, lao
        or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) // burmese, khmer
        or 0x3005 or 0x3007;

    private static void AppendFolded(StringBuilder word, Rune rune)
    {
        if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            rune = new Rune(rune.Value - 0xFEE0);

        rune = Rune.ToLowerInvariant(rune);
        if (Folded.TryGetValue(rune.Value, out var plain))
            word.Append(plain);
        else
            word.Append(rune.ToString());
    }
}
