using System.Text;
using AnyAscii;

namespace SpotifyCore.Content.Names;

/// <summary>Names of other scripts as they are typed in Latin letters: kino for Кино, utada for うただ.</summary>
internal static class Romanization
{
    /// <summary>
    /// A folded word in Latin letters, in up to two spellings: with the long vowels of Japanese written out and as one;
    /// none when its script is not one that is written so.
    /// </summary>
    public static IEnumerable<string> Of(string word)
    {
        var latin = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (!Scripts.IsRomanized(rune) && !Scripts.IsMark(rune))
                yield break;

            Append(latin, rune);
        }

        var spelled = new string([.. latin.ToString().Where(char.IsAsciiLetter)]);
        if (spelled.Length == 0)
            yield break;

        yield return spelled;
        var shortened = spelled.Replace("ou", "o", StringComparison.Ordinal).Replace("oo", "o", StringComparison.Ordinal)
            .Replace("uu", "u", StringComparison.Ordinal);
        if (shortened != spelled && word.EnumerateRunes().Any(static rune => rune.Value is >= 0x3041 and <= 0x30FF))
            yield return shortened;
    }

    private static void Append(StringBuilder latin, Rune rune)
    {
        var ends = latin.Length > 0 ? latin[^1] : '\0';
        switch (rune.Value)
        {
            case 'ゃ' or 'ゅ' or 'ょ' when ends == 'i':
                latin.Length--;
                var isHissing = latin.Length > 0 && latin[^1] is 'h' or 'j';
                latin.Append(isHissing ? "" : "y").Append(rune.Value switch { 'ゃ' => 'a', 'ゅ' => 'u', _ => 'o' });
                break;
            case 'っ':
                latin.Append('\'');
                break;
            case 'ー':
                break;
            default:
                var spelled = rune.ToString().Transliterate().ToLowerInvariant();
                if (ends == '\'' && spelled.Length > 0)
                    latin[^1] = spelled[0]; // a doubled consonant

                latin.Append(spelled);
                break;
        }
    }
}
