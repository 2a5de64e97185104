namespace SpotifyCore.Codec.Tracks;

/// <summary>
/// Continues a signal beyond its end by linear prediction (Burg's method), so that an encoder meets no
/// edge there. Plain double arithmetic in a fixed order: the same input gives the same output everywhere.
/// </summary>
internal static class LinearPrediction
{
    /// <summary>
    /// Fills <paramref name="ahead"/> with what would follow <paramref name="known"/>, each sample by that many before it.
    /// </summary>
    public static void Extend(ReadOnlySpan<double> known, Span<double> ahead, int order)
    {
        order = Math.Min(order, known.Length / 3);
        Span<double> coefficients = stackalloc double[order];
        Fit(known, coefficients);

        // The predictor reads backwards from the sample it makes: first the known ones, then its own.
        Span<double> past = stackalloc double[order];
        for (var i = 0; i < order; i++)
            past[i] = known[known.Length - 1 - i];

        for (var n = 0; n < ahead.Length; n++)
        {
            var next = 0.0;
            for (var i = 0; i < order; i++)
                next -= coefficients[i] * past[i];

            ahead[n] = next;
            if (order == 0)
                continue;

            past[..^1].CopyTo(past[1..]);
            past[0] = next;
        }
    }

    // Burg: each step picks the reflection that leaves the least error forwards and backwards;
    // none exceeds 1, so the continuation never grows without bound.
    private static void Fit(ReadOnlySpan<double> known, Span<double> coefficients)
    {
        var forward = known.ToArray();
        var backward = known.ToArray();
        double product = 0, energy = 0;
        for (var n = 1; n < known.Length; n++)
        {
            product += forward[n] * backward[n - 1];
            energy += (forward[n] * forward[n]) + (backward[n - 1] * backward[n - 1]);
        }

        for (var step = 0; step < coefficients.Length; step++)
        {
            var reflection = energy > 0 ? -2 * product / energy : 0;
            Raise(coefficients, step, reflection);
            (product, energy) = Reflect(forward.AsSpan(step + 1), backward.AsSpan(step), reflection);
        }
    }

    // The errors after a step, and what the next one's reflection is made of: both in one pass, as the sums, which must
    // be made in this order, take longer than all the rest.
    private static (double Product, double Energy) Reflect(
        Span<double> forward, Span<double> backward, double reflection)
    {
        double product = 0, energy = 0;
        var (behind, last) = (backward[0], 0.0);
        backward = backward[1..];
        for (var n = 0; n < forward.Length; n++)
        {
            var (ahead, next) = (forward[n], backward[n]);
            var (left, right) = (ahead + (reflection * behind), behind + (reflection * ahead));
            (forward[n], backward[n]) = (left, right);
            if (n > 0)
            {
                product += left * last;
                energy += (left * left) + (last * last);
            }

            (behind, last) = (next, right);
        }

        return (product, energy);
    }

    // Levinson's step from order `step` to the next, in place and from both ends at once.
    private static void Raise(Span<double> coefficients, int step, double reflection)
    {
        for (int low = 0, high = step - 1; low <= high; low++, high--)
        {
            var (a, b) = (coefficients[low], coefficients[high]);
            coefficients[low] = a + (reflection * b);
            coefficients[high] = b + (reflection * a);
        }

        coefficients[step] = reflection;
    }
}
