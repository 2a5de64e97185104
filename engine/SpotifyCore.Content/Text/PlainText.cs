using System.Globalization;
using System.Text;

namespace SpotifyCore.Content.Text;

/// <summary>
/// Takes out of a text what is no text: characters that command a terminal (ESC, BEL, the C1 controls), that turn
/// the order of others around (U+202E and its kind), or that nobody sees (zero-width spaces, tags). Applied where
/// text comes in from outside, and again wherever it is printed, logged or served.
/// </summary>
/// <remarks>
/// Unicode's control (Cc) and format (Cf) characters go. What separates lines or columns becomes a space, half a
/// surrogate pair becomes U+FFFD. Two format characters stay where they mean something: the zero-width joiner and
/// non-joiner within scripts without capital letters, where leaving them out changes a word (Persian, Indic scripts),
/// and the joiner between the parts of an emoji. Between other characters they go as well.
/// </remarks>
public static class PlainText
{
    private const char NonJoiner = '\u200c';
    private const char Joiner = '\u200d';

    /// <summary>The text in one line, and without what is no text; itself when it is printable ASCII.</summary>
    public static string Of(string text)
    {
        var clean = FirstSuspect(text);
        if (clean == text.Length)
            return text;

        var plain = new StringBuilder(text, 0, clean, text.Length);
        Append(plain, text, clean, keepsLines: false);
        return plain.ToString();
    }

    /// <summary>Writes a text of several lines: line ends and tabs stay.</summary>
    internal static void WriteLines(TextWriter output, ReadOnlySpan<char> text)
    {
        var clean = FirstSuspect(text);
        output.Write(text[..clean]);
        if (clean == text.Length)
            return;

        var plain = new StringBuilder(text.Length - clean);
        Append(plain, text, clean, keepsLines: true);
        output.Write(plain);
    }

    // Printable ASCII is plain, and so is nearly all that comes here.
    private static int FirstSuspect(ReadOnlySpan<char> text)
    {
        var found = text.IndexOfAnyExceptInRange(' ', '~');
        return found < 0 ? text.Length : found;
    }

    private static void Append(StringBuilder plain, ReadOnlySpan<char> text, int from, bool keepsLines)
    {
        while (from < text.Length)
        {
            // Half a pair is read as U+FFFD, which is what it becomes.
            Rune.DecodeFromUtf16(text[from..], out var rune, out var length);
            var isKept = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => keepsLines && rune.Value is '\n' or '\r' or '\t',
                UnicodeCategory.Format => JoinsAt(text, from),
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
                _ => true,
            };
            if (isKept)
                plain.Append(rune);
            else if (IsBlank(rune))
                plain.Append(' ');

            from += length;
        }
    }

    private static bool IsBlank(Rune rune) => rune.Value is (>= '\t' and <= '\r') or 0x85 or 0x2028 or 0x2029;

    private static bool JoinsAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is not (Joiner or NonJoiner)
            || Rune.DecodeLastFromUtf16(text[..at], out var before, out _) != System.Buffers.OperationStatus.Done
            || Rune.DecodeFromUtf16(text[(at + 1)..], out var after, out _) != System.Buffers.OperationStatus.Done)
            return false;

        return (IsOfCaselessScript(before) && IsOfCaselessScript(after))
            || (text[at] == Joiner && IsOfEmoji(before) && IsOfEmoji(after));
    }

    private static bool IsOfCaselessScript(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // A symbol, the shade of skin behind it, or the selector of its coloured form.
    private static bool IsOfEmoji(Rune rune) => rune.Value == 0xFE0F || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
