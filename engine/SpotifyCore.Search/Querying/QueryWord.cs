using System.Text;
using SpotifyCore.Search.Analysis;

namespace SpotifyCore.Search.Querying;

/// <summary>One word of what was typed, with the terms that may be meant by it.</summary>
/// <param name="Field">Where it must stand.</param>
/// <param name="Alternatives">One of them must occur.</param>
/// <param name="Spelling">The word, when it is one of letters that may be mistyped; else empty.</param>
internal sealed record QueryWord(Field Field, IReadOnlyList<Alternative> Alternatives, string Spelling)
{
    /// <summary>The words of a text.</summary>
    public static IEnumerable<QueryWord> Of(string text, Field field) =>
        Chunk.Of(Folding.Fold(text)).Select(chunk => Of(chunk, field)).OfType<QueryWord>();

    private static QueryWord? Of(Chunk chunk, Field field)
    {
        var alternatives = new List<Alternative>();
        if (chunk.Words.Count > 0)
            alternatives.Add(new Alternative([.. chunk.Words.SelectMany(TermsOf)]));

        foreach (var form in new[] { chunk.Joined, chunk.Lettered, chunk.Words is [var word] && word == chunk.Text ? "" : chunk.Text })
        {
            if (form.Length > 0 && !IsUnspaced(form) && (chunk.Words.Count > 0 || chunk.Signs.Length > 0))
                alternatives.Add(new Alternative([form]));
        }

        if (alternatives.Count == 0)
            return null;

        return new QueryWord(field, alternatives, chunk.Words is [var only] ? SpellingOf(only) : "");
    }

    private static IEnumerable<string> TermsOf(string word) => IsUnspaced(word) ? Units.OfQuery(word) : [word];

    // What is written without spaces is mistyped by its sound.
    private static string SpellingOf(string word) =>
        IsUnspaced(word) ? Romanization.Of(word).FirstOrDefault("") : word;

    private static bool IsUnspaced(string word) => word.EnumerateRunes().Any(Scripts.IsUnspaced);
}
