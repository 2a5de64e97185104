namespace SpotifyCore.Content.Names;

/// <summary>What was typed between two spaces, in all the ways in which it may be meant.</summary>
public sealed class TypedWord
{
    // Of a long run without spaces the beginning tells enough.
    private const int MaxTerms = 16;

    private TypedWord(IReadOnlyList<IReadOnlyList<string>> forms, string spelling)
    {
        Forms = forms;
        Spelling = spelling;
    }

    /// <summary>
    /// The ways, at most four: in one of them each of its terms, at most 16, is a name's term or the beginning of one.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Forms { get; }

    /// <summary>The word, when it is one of letters that may be mistyped; else empty.</summary>
    public string Spelling { get; }

    /// <summary>The words of a text, in order; what is punctuation alone is none.</summary>
    public static IEnumerable<TypedWord> Of(string text) =>
        Chunk.Of(Folding.Fold(text)).Select(Of).OfType<TypedWord>();

    private static TypedWord? Of(Chunk chunk)
    {
        var forms = new List<IReadOnlyList<string>>();
        if (chunk.Words.Count > 0)
            forms.Add([.. chunk.Words.SelectMany(TermsOf).Take(MaxTerms)]);

        var isWord = chunk.Words is [var word] && word == chunk.Text;
        foreach (var form in new[] { chunk.Joined, chunk.Lettered, isWord ? "" : chunk.Text })
        {
            if (form.Length > 0 && !IsUnspaced(form) && (chunk.Words.Count > 0 || chunk.Signs.Length > 0))
                forms.Add([NameTerms.Cut(form)]);
        }

        return forms.Count == 0 ? null : new TypedWord(forms, chunk.Words is [var only] ? SpellingOf(only) : "");
    }

    private static IEnumerable<string> TermsOf(string word) =>
        IsUnspaced(word) ? Units.OfQuery(word) : [NameTerms.Cut(word)];

    // What is written without spaces is mistyped by its sound.
    private static string SpellingOf(string word) =>
        IsUnspaced(word) ? Romanization.Of(word).FirstOrDefault("") : word;

    private static bool IsUnspaced(string word) => word.EnumerateRunes().Any(Scripts.IsUnspaced);
}
