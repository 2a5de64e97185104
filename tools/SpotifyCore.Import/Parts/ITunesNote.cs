using System.Globalization;

namespace SpotifyCore.Import.Parts;

/// <summary>What iTunes notes of the samples around the music, as text in a tag named iTunSMPB.</summary>
internal static class ITunesNote
{
    /// <summary>The name of the tag.</summary>
    public const string Name = "iTunSMPB";

    /// <summary>
    /// Reads it: hexadecimal numbers, of which the second is the samples before the music, the third those behind it,
    /// the fourth those of the music. Null where it says nothing.
    /// </summary>
    public static SampleCut? Read(string text)
    {
        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length >= 4 && TryParse(numbers[1], out var skip) && TryParse(numbers[3], out var keep)
            && skip < int.MaxValue && keep > 0
            ? new SampleCut(skip, keep)
            : null;
    }

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
}
