using System.Globalization;
using System.Numerics;

namespace SpotifyCore.Cli.Display;

/// <summary>Sizes as people write and read them.</summary>
internal static class ByteCount
{
    private static readonly (string Suffix, int Shift)[] Units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40), ("B", 0)];

    private const int Largest = 3;

    /// <summary>
    /// Reads a whole number with its unit; a word stands for zero. What no number of bytes can be is the largest that
    /// can.
    /// </summary>
    public static bool TryParse(string? text, string zero, out long bytes)
    {
        bytes = 0;
        if (text is null || string.Equals(text, zero, StringComparison.OrdinalIgnoreCase))
            return text is not null;

        var (suffix, shift) = Array.Find(
            Units, unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase));
        if (suffix is null)
            return false;

        var digits = text.AsSpan(0, text.Length - suffix.Length).TrimEnd();
        if (!BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number.IsZero)
            return false;

        bytes = (long)BigInteger.Min(number << shift, long.MaxValue);
        return true;
    }

    /// <summary>Reads what <see cref="TryParse"/> can.</summary>
    public static long Parse(string? text, string zero) =>
        TryParse(text, zero, out var bytes) ? bytes : throw new FormatException($"'{text}' is no size.");

    /// <summary>A size in the unit that suits it.</summary>
    public static string Format(double bytes)
    {
        var at = -1;
        while (bytes >= 1_024 && at < Largest)
        {
            bytes /= 1_024;
            at++;
        }

        return at < 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes:0.0} {Units[at].Suffix}");
    }
}
