using System.Text;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Content.Names;

/// <summary>
/// Words of scripts without spaces as pairs of characters, so that any run of two or more is found: a character with
/// its marks is one, a syllable of hangul is taken apart.
/// </summary>
internal static class Units
{
    /// <summary>The pairs of a word, in order, with its last character alone behind them.</summary>
    public static IEnumerable<string> OfName(string word)
    {
        var units = Of(word);
        for (var i = 0; i + 1 < units.Count; i++)
            yield return units[i] + units[i + 1];

        yield return units[^1];
    }

    /// <summary>What must occur for a run of characters to be there: its pairs, or the one that it has.</summary>
    public static IEnumerable<string> OfQuery(string word)
    {
        var units = Of(word);
        return units.Count == 1 ? units : Enumerable.Range(0, units.Count - 1).Select(i => units[i] + units[i + 1]);
    }

    private static List<string> Of(string word)
    {
        var units = new List<string>();
        foreach (var rune in word.EnumerateRunes())
        {
            var text = Scripts.IsHangul(rune) ? ComposedText.Decomposed(rune.ToString()) : rune.ToString();
            if (units.Count > 0 && Scripts.IsMark(rune))
                units[^1] += text;
            else
                units.Add(text);
        }

        return units;
    }
}
