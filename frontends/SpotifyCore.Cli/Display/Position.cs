using System.Globalization;

namespace SpotifyCore.Cli.Display;

/// <summary>A place in a track as people write it.</summary>
internal static class Position
{
    /// <summary>Reads seconds, or minutes and seconds, or hours, minutes and seconds.</summary>
    public static bool TryParse(string? text, out TimeSpan position)
    {
        position = default;
        var parts = (text ?? "").Split(':');
        if (parts.Length > 3)
            return false;

        var seconds = 0.0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part)
                || !double.IsFinite(part)
                || (i > 0 && part >= 60) || (i < parts.Length - 1 && part != Math.Floor(part)))
                return false;

            seconds = (seconds * 60) + part;
        }

        if (seconds > TimeSpan.FromDays(7).TotalSeconds)
            return false;

        position = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Minutes and seconds, and hours where there are some.</summary>
    public static string Format(long milliseconds)
    {
        var position = TimeSpan.FromMilliseconds(milliseconds);
        return position.TotalHours >= 1
            ? position.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : position.ToString(@"m\:ss", CultureInfo.InvariantCulture);
    }
}
