using System.Globalization;

namespace SpotifyCore.Hosting.Options;

/// <summary>Turns a setting's text into the type of its property.</summary>
internal static class OptionValue
{
    private static readonly (string Suffix, long Factor)[] Sizes =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40)];

    private static readonly (string Suffix, long Ticks)[] Spans =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>The value, or null when the text is not one of <paramref name="type"/>.</summary>
    public static object? Parse(Type type, string text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return text;
        if (type == typeof(string[]))
            return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : null;
        if (type == typeof(int))
            return ParseWhole(text) is { } whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null;
        if (type == typeof(ushort))
            return ParseWhole(text) is { } number and >= 0 and <= ushort.MaxValue ? (ushort)number : null;
        if (type == typeof(long))
            return ParseWhole(text);
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        if (type == typeof(TimeSpan))
            return ParseSpan(text);
        if (type.IsEnum)
            return Enum.TryParse(type, text, ignoreCase: true, out var named) && Enum.IsDefined(type, named)
                ? named : null;

        throw new NotSupportedException($"An option can't be a {type}.");
    }

    /// <summary>What a person should write for <paramref name="type"/>.</summary>
    public static string Describe(Type type, bool isSize)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(TimeSpan))
            return "a time such as 250ms, 90s, 15m, 1h or 00:15:00";
        if (type.IsEnum)
            return "one of " + string.Join(", ", Enum.GetNames(type));
        if (type == typeof(string[]))
            return "a list with commas";
        if (type == typeof(string))
            return "a text";
        if (isSize)
            return "a whole number of bytes, or of KiB, MiB or GiB";

        return type == typeof(double) ? "a number" : "a whole number";
    }

    /// <summary>The form of <paramref name="type"/> in a list of options.</summary>
    public static string NameOf(Type type, bool isSize)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string[]))
            return "LIST";
        if (type == typeof(bool))
            return "true|false";
        if (type == typeof(TimeSpan))
            return "TIME";
        if (type.IsEnum)
            return string.Join('|', Enum.GetNames(type));

        return type == typeof(string) ? "TEXT" : isSize ? "SIZE" : "NUMBER";
    }

    /// <summary>A value as one would write it.</summary>
    public static string Format(object value, bool isSize) => value switch
    {
        TimeSpan span => FormatSpan(span),
        bool flag => flag ? "true" : "false",
        IConvertible number when isSize => FormatSize(number.ToInt64(CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string FormatSize(long bytes)
    {
        var (suffix, factor) = Sizes.LastOrDefault(size => bytes != 0 && bytes % size.Factor == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{(factor == 0 ? bytes : bytes / factor)}{suffix}");
    }

    private static string FormatSpan(TimeSpan span)
    {
        var (suffix, ticks) = Spans.LastOrDefault(unit => span.Ticks != 0 && span.Ticks % unit.Ticks == 0);
        return ticks == 0
            ? span.ToString("c", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{suffix}");
    }

    private static long? ParseWhole(string text)
    {
        var factor = 1L;
        foreach (var (suffix, size) in Sizes)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;

            factor = size;
            text = text[..^suffix.Length].TrimEnd();
            break;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;

        var product = (Int128)number * factor;
        return product >= long.MinValue && product <= long.MaxValue ? (long)product : null;
    }

    private static TimeSpan? ParseSpan(string text)
    {
        foreach (var (suffix, ticks) in Spans)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)
                || !double.TryParse(
                    text.AsSpan(0, text.Length - suffix.Length), CultureInfo.InvariantCulture, out var count))
                continue;

            return Math.Abs(count * ticks) < long.MaxValue ? TimeSpan.FromTicks((long)(count * ticks)) : null;
        }

        // A bare number would mean days to the framework and seconds to people, so it means nothing here.
        return text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
    }
}
