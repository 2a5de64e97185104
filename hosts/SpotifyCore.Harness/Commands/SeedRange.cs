using System.Globalization;

namespace SpotifyCore.Harness.Commands;

/// <summary>One seed, or all from the first to the last.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; not before the first.</param>
internal readonly record struct SeedRange(ulong First, ulong Last)
{
    /// <summary>Reads <c>17</c> or <c>1-1000</c>; false when it is neither.</summary>
    public static bool TryParse(string text, out SeedRange range)
    {
        range = default;
        var ends = text.Split('-');
        if (ends.Length > 2
            || !ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last < first)
            return false;

        range = new SeedRange(first, last);
        return true;
    }
}
