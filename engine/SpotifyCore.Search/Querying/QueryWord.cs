using SpotifyCore.Content.Names;

namespace SpotifyCore.Search.Querying;

/// <summary>One word of what was typed, with the terms that may be meant by it.</summary>
/// <param name="Field">Where it must stand.</param>
/// <param name="Alternatives">One of them must occur.</param>
/// <param name="Spelling">The word, when it is one of letters that may be mistyped; else empty.</param>
internal sealed record QueryWord(Field Field, IReadOnlyList<Alternative> Alternatives, string Spelling)
{
    /// <summary>The words of a text.</summary>
    public static IEnumerable<QueryWord> Of(string text, Field field) => TypedWord.Of(text).Select(
        word => new QueryWord(field, [.. word.Forms.Select(static form => new Alternative(form))], word.Spelling));
}
