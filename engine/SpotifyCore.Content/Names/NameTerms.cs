using System.Text;

namespace SpotifyCore.Content.Names;

/// <summary>The terms under which a name is indexed, and the key that two spellings of it share.</summary>
public static class NameTerms
{
    // In characters; what is longer is found by its beginning.
    private const int MaxTermLength = 64;

    /// <summary>The words of a text, folded: letters and digits alone.</summary>
    public static IEnumerable<string> Words(string text) =>
        Chunk.Of(Folding.Fold(text)).SelectMany(static chunk => chunk.Words);

    /// <summary>Adds the terms of a name.</summary>
    public static void Add(string name, ICollection<string> terms)
    {
        foreach (var chunk in Chunk.Of(Folding.Fold(name)))
        {
            foreach (var word in chunk.Words)
                AddWord(word, terms);

            AddTerm(chunk.Joined, terms);
            AddTerm(chunk.Lettered, terms);
            AddTerm(chunk.Text, terms);
        }
    }

    /// <summary>
    /// What two spellings of a name share: the name without spaces, with its signs, and, where it has letters or digits
    /// and signs among them, without those. None for an empty name.
    /// </summary>
    public static IEnumerable<string> Keys(string name)
    {
        var chunks = Chunk.Of(Folding.Fold(name)).ToArray();
        var whole = string.Concat(chunks.Select(static chunk => chunk.Text));
        if (whole.Length == 0)
            yield break;

        yield return Cut(whole);
        var words = string.Concat(chunks.SelectMany(static chunk => chunk.Words));
        if (words.Length > 0 && words != whole && (chunks.Length > 1 || words != "and"))
            yield return Cut(words);
    }

    private static void AddWord(string word, ICollection<string> terms)
    {
        if (Rune.GetRuneAt(word, 0) is var first && Scripts.IsUnspaced(first))
        {
            foreach (var unit in Units.OfName(word))
                AddTerm(unit, terms);
        }
        else
        {
            AddTerm(word, terms);
            AddTerm(Numerals.Of(word), terms);
            foreach (var part in Parts(word))
                AddTerm(part, terms);
        }

        foreach (var spelled in Romanization.Of(word))
            AddTerm(spelled, terms);
    }

    // 10cc is 10 and cc too: it is typed with a space as well.
    private static IEnumerable<string> Parts(string word)
    {
        var from = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            var ends = i == word.Length || char.IsDigit(word[i]) != char.IsDigit(word[i - 1]);
            if (!ends || (from == 0 && i == word.Length))
                continue;

            yield return word[from..i];
            from = i;
        }
    }

    private static void AddTerm(string term, ICollection<string> terms)
    {
        if (term.Length > 0)
            terms.Add(Cut(term));
    }

    internal static string Cut(string term)
    {
        if (term.Length <= MaxTermLength)
            return term;

        return term[..(char.IsHighSurrogate(term[MaxTermLength - 1]) ? MaxTermLength - 1 : MaxTermLength)];
    }
}
