using SpotifyCore.Codec.Tracks;

namespace SpotifyCore.Codec.Resampling;

/// <summary>
/// Makes the samples that could stand before a piece or behind it, from those at its edge. None is more than twice as
/// high as the highest of these.
/// </summary>
internal static class SampleEdge
{
    /// <summary>Samples at the edge from which the others are predicted.</summary>
    public const int Known = 1_024;

    private const int Order = 64;
    private const double Most = 2;

    /// <summary>Fills <paramref name="before"/> with what could lead up to <paramref name="opening"/>.</summary>
    public static void ExtendBackwards(ReadOnlySpan<float> opening, Span<float> before)
    {
        var known = new float[opening.Length];
        opening.CopyTo(known);
        Array.Reverse(known);
        ExtendForwards(known, before);
        before.Reverse();
    }

    /// <summary>Fills <paramref name="after"/> with what could follow <paramref name="ending"/>.</summary>
    public static void ExtendForwards(ReadOnlySpan<float> ending, Span<float> after)
    {
        var known = new double[ending.Length];
        var highest = 0.0;
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = ending[i];
            highest = Math.Max(highest, Math.Abs(known[i]));
        }

        var ahead = new double[after.Length];
        LinearPrediction.Extend(known, ahead, Order);
        for (var i = 0; i < after.Length; i++)
            after[i] = (float)Math.Clamp(ahead[i], -Most * highest, Most * highest);
    }
}
