using System.Globalization;

namespace SpotifyCore.Rpc.Wire;

/// <summary>The value of "grpc-timeout": at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long Most = 99_999_999;

    // Finest first: the first unit in which eight digits suffice is written.
    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Writes a time, rounded up so that the server never gives up before the client.</summary>
    public static string Format(TimeSpan timeout)
    {
        foreach (var (unit, ticks) in Units)
        {
            var amount = (Math.Max(timeout.Ticks, 1) - 1) / ticks + 1;
            if (amount <= Most)
                return string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
        }

        return $"{Most}H";
    }

    /// <summary>Reads one; false when it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 ||
            !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        if (text[^1] == 'n')
        {
            timeout = new TimeSpan(amount / TimeSpan.NanosecondsPerTick);
            return true;
        }

        foreach (var (unit, ticks) in Units)
        {
            if (unit != text[^1])
                continue;

            timeout = amount > TimeSpan.MaxValue.Ticks / ticks ? TimeSpan.MaxValue : new TimeSpan(amount * ticks);
            return true;
        }

        return false;
    }
}
