using ADRaffy.ENSNormalize;

namespace SpotifyCore.Content.Text;

/// <summary>
/// Brings what can be written in several ways to one: letters and their marks as one character where Unicode has one,
/// marks in one order (normalization form C); or apart again (form D).
/// </summary>
/// <remarks>
/// The programs run without ICU's tables, where <see cref="string.Normalize()"/> returns its text as it is.
/// </remarks>
public static class ComposedText
{
    private const char FirstMark = '\u0300';

    /// <summary>The text, composed; itself where nothing in it can be composed. Half a surrogate pair is U+FFFD.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange(FirstMark, char.MaxValue) < 0 ? text : ENSNormalize.NF.NFC(Whole(text));

    /// <summary>The text with each letter apart from its marks, and each syllable of hangul in letters (form D).</summary>
    public static string Decomposed(string text) => ENSNormalize.NF.NFD(Whole(text));

    // What is half a pair would be refused.
    private static string Whole(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : string.Concat(text.EnumerateRunes());
}
