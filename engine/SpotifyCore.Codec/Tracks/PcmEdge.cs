namespace SpotifyCore.Codec.Tracks;

/// <summary>Makes the sound that could stand before a piece or after it, from the piece itself.</summary>
internal static class PcmEdge
{
    /// <summary>Samples per channel at the edge from which the rest is predicted.</summary>
    public const int Known = 4_096;

    private const int Order = 32;

    /// <summary>Fills <paramref name="before"/> with what could lead up to <paramref name="opening"/>.</summary>
    public static void ExtendBackwards(ReadOnlySpan<short> opening, Span<short> before, int channels) =>
        Extend(opening, before, channels, backwards: true);

    /// <summary>Fills <paramref name="after"/> with what could follow <paramref name="ending"/>.</summary>
    public static void ExtendForwards(ReadOnlySpan<short> ending, Span<short> after, int channels) =>
        Extend(ending, after, channels, backwards: false);

    private static void Extend(ReadOnlySpan<short> piece, Span<short> beyond, int channels, bool backwards)
    {
        var known = new double[piece.Length / channels];
        var ahead = new double[beyond.Length / channels];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var i = 0; i < known.Length; i++)
                known[Place(i, known.Length, backwards)] = piece[(i * channels) + channel];

            LinearPrediction.Extend(known, ahead, Order);
            for (var i = 0; i < ahead.Length; i++)
            {
                var sample = Math.Clamp(ahead[Place(i, ahead.Length, backwards)], short.MinValue, short.MaxValue);
                beyond[(i * channels) + channel] = (short)Math.Round(sample);
            }
        }
    }

    private static int Place(int i, int length, bool backwards) => backwards ? length - 1 - i : i;
}
