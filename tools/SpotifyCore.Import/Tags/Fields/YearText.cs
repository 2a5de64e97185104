using System.Globalization;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>Finds the year in dates as people write them.</summary>
internal static class YearText
{
    private const int Digits = 4;

    // 20120305 or 05032012.
    private const int DigitsOfDay = 8;

    private const int First = 1_000;
    private const int Last = 2_999;

    /// <summary>
    /// The year of the first text that has one, wherever it stands in it: <c>2012-03-05</c>, <c>20120305</c>,
    /// <c>05/03/2012</c>, <c>March 2012</c>; 0 when none has.
    /// </summary>
    public static int Find(IEnumerable<string> texts) =>
        texts.Select(static text => Find(text)).FirstOrDefault(static year => year > 0);

    private static int Find(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('0', '9') is >= 0 and var start)
        {
            text = text[start..];
            var end = text.IndexOfAnyExceptInRange('0', '9');
            var digits = end < 0 ? text : text[..end];
            if (digits.Length >= Digits && Year(digits[..Digits]) is > 0 and var year)
                return year;
            if (digits.Length == DigitsOfDay && Year(digits[^Digits..]) is > 0 and var last)
                return last;

            text = text[digits.Length..];
        }

        return 0;
    }

    private static int Year(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) is >= First and <= Last and var year
            ? year
            : 0;
}
