using System.Globalization;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>A number of a track or a disc, with what stands beside it.</summary>
/// <param name="Number">The number; 0 where there is none.</param>
/// <param name="Total">How many there are; 0 where that is not said.</param>
/// <param name="Disc">The disc, where it stands before the track's number as in <c>2-05</c>; else 0.</param>
/// <param name="Side">The side of a record, 1 for A; else 0.</param>
internal readonly record struct PlaceText(int Number, int Total, int Disc, int Side)
{
    private const int MostDigits = 6;
    private const int MostOnASide = 99;

    /// <summary>
    /// The number by which tracks of one disc are ordered: that on the first side as it is, on each further side a
    /// hundred higher, so that A1, A2, B1 are 1, 2, 101.
    /// </summary>
    public int Order => Side > 1 ? Number + ((Side - 1) * (MostOnASide + 1)) : Number;

    /// <summary>Reads <c>3</c>, <c>03/12</c>, <c>3 of 12</c>, <c>2-05</c>, <c>A1</c>, <c>B</c>.</summary>
    public static PlaceText Read(string text)
    {
        ReadOnlySpan<char> rest = text;
        if (TryReadSide(rest, out var side))
            return side;

        rest = rest[Math.Max(rest.IndexOfAnyInRange('0', '9'), 0)..];
        if (!TryReadNumber(ref rest, out var number))
            return default;

        var isOfDisc = rest is ['-' or '.', >= '0' and <= '9', ..];
        rest = rest.TrimStart();
        var isBeforeTotal = rest is ['/', ..] || rest.StartsWith("of ", StringComparison.OrdinalIgnoreCase);
        rest = rest.TrimStart("/-.of ");
        if ((!isOfDisc && !isBeforeTotal) || !TryReadNumber(ref rest, out var second))
            return new PlaceText(number, 0, 0, 0);

        return isOfDisc ? new PlaceText(second, 0, number, 0) : new PlaceText(number, second, 0, 0);
    }

    // A side that is one track has no number.
    private static bool TryReadSide(ReadOnlySpan<char> text, out PlaceText place)
    {
        place = default;
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return false;

        var rest = text[1..].TrimStart();
        var (number, total) = (1, 0);
        if (rest is [>= '0' and <= '9', ..])
            TryReadNumber(ref rest, out number);
        if (rest is ['/', .. var behind] && TryReadNumber(ref behind, out total))
            rest = behind;

        place = new PlaceText(number, total, 0, char.ToUpperInvariant(text[0]) - 'A' + 1);
        return rest.IsEmpty && number is > 0 and <= MostOnASide;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> text, out int number)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        if (digits.TrimStart('0') is { Length: > 0 } significant)
            digits = significant;

        number = 0;
        return digits.Length <= MostDigits
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
