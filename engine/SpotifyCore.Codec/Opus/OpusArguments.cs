using System.Runtime.CompilerServices;

namespace SpotifyCore.Codec.Opus;

/// <summary>What every implementation refuses.</summary>
internal static class OpusArguments
{
    public static void CheckChannels(int channels, [CallerArgumentExpression(nameof(channels))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(channels is 1 or 2, true, name);

    public static void CheckBitrate(int bitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 6_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitsPerSecond, 510_000);
    }
}
