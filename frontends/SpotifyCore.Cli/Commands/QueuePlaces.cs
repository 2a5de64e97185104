using System.Globalization;

namespace SpotifyCore.Cli.Commands;

/// <summary>Numbers of a list as people write them: <c>5</c>, <c>5-7</c>.</summary>
internal static class QueuePlaces
{
    private const int Most = 10_000;

    /// <summary>Reads a number or a range, from 1.</summary>
    public static bool TryParse(string text, out Range places)
    {
        places = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryParseOne(dash < 0 ? text : text[..dash], out var first)
            || !TryParseOne(dash < 0 ? text : text[(dash + 1)..], out var last)
            || last < first)
            return false;

        places = first..last;
        return true;
    }

    /// <summary>The numbers of a text that was checked before.</summary>
    public static IEnumerable<int> Parse(string text) => TryParse(text, out var places)
        ? Enumerable.Range(places.Start.Value, places.End.Value - places.Start.Value + 1)
        : throw new FormatException($"'{text}' is no range.");

    private static bool TryParseOne(ReadOnlySpan<char> text, out int place) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place) && place is >= 1 and <= Most;
}
