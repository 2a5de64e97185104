using System.Text;

namespace SpotifyCore.Content.Names;

/// <summary>
/// What stands between two spaces of a folded text, with all the ways in which it may be meant: its words, and, where
/// signs stand among them, those run together (acdc, rem) and the signs read as letters (pink, kesha).
/// </summary>
internal sealed class Chunk
{
    private const string Separators = "-–—‐/\\|·•:;,.…()[]{}<>\"“”„«»「」『』~*_";

    private Chunk(IReadOnlyList<string> words, string joined, string lettered, string signs, string text)
    {
        Words = words;
        Joined = joined;
        Lettered = lettered;
        Signs = signs;
        Text = text;
    }

    /// <summary>All of it as it stands.</summary>
    public string Text { get; }

    /// <summary>Runs of letters and digits; of a script without spaces apart from others.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words run together; empty when there is one word or none.</summary>
    public string Joined { get; }

    /// <summary>The same with signs read as the letters they look like; empty when there are none.</summary>
    public string Lettered { get; }

    /// <summary>All of it, when it has signs alone that are more than punctuation; else empty.</summary>
    public string Signs { get; }

    /// <summary>The chunks of a folded text.</summary>
    public static IEnumerable<Chunk> Of(string folded) => folded
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(Read);

    private static Chunk Read(string text)
    {
        if (text is "&" or "+")
            return new Chunk(["and"], "", "", "", text);

        var words = new List<string>();
        var word = new StringBuilder();
        var wasUnspaced = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isMark = Scripts.IsMark(rune);
            var isUnspaced = isMark ? wasUnspaced : Scripts.IsUnspaced(rune);
            if (word.Length > 0 && (!Scripts.IsOfWord(rune) || isUnspaced != wasUnspaced))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            wasUnspaced = isUnspaced;
            if (Scripts.IsOfWord(rune) && !(isMark && word.Length == 0))
                word.Append(rune.ToString());
        }

        if (word.Length > 0)
            words.Add(word.ToString());

        var joined = string.Concat(words);
        var lettered = text.AsSpan().IndexOfAny("!$@€") >= 0 ? Letter(text) : joined;
        return new Chunk(
            words,
            words.Count > 1 ? joined : "",
            lettered != joined ? lettered : "",
            words.Count == 0 && text.Any(static sign => !Separators.Contains(sign)) ? text : "",
            text);
    }

    // A sign that looks like a letter is one in front of a letter, a dollar also behind one: P!nk, A$AP, Bada$$.
    private static string Letter(string text)
    {
        var lettered = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var leads = text.AsSpan(i + 1).IndexOfAnyExcept("!$@€") is var next and >= 0
                && char.IsLetter(text[i + 1 + next]);
            var follows = i > 0 && (char.IsLetter(text[i - 1]) || text[i - 1] == '$');
            lettered.Append(text[i] switch
            {
                '!' when leads && i > 0 => "i",
                '$' when leads || follows => "s",
                '@' when leads => "a",
                '€' when leads && i > 0 => "e",
                var other when char.IsLetterOrDigit(other) || char.IsSurrogate(other) => other.ToString(),
                _ => "",
            });
        }

        return lettered.ToString();
    }
}
