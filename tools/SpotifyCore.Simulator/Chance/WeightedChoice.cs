namespace SpotifyCore.Simulator.Chance;

/// <summary>
/// Draws indices in proportion to weights, in constant time (the alias method of Walker and Vose).
/// </summary>
internal sealed class WeightedChoice
{
    private readonly double[] _keep;
    private readonly int[] _alias;
    private readonly double[] _share;

    /// <summary>Prepares the tables.</summary>
    public WeightedChoice(ReadOnlySpan<double> weights)
    {
        var (count, total) = (weights.Length, 0.0);
        ArgumentOutOfRangeException.ThrowIfZero(count, nameof(weights));
        foreach (var weight in weights)
            total += weight;

        (_keep, _alias, _share) = (new double[count], new int[count], new double[count]);
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < count; i++)
        {
            _share[i] = weights[i] / total;
            _keep[i] = _share[i] * count;
            _alias[i] = i;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        Pair(small, large);
    }

    /// <summary>How many there are to draw from.</summary>
    public int Count => _keep.Length;

    /// <summary>The probability of one index.</summary>
    public double ShareOf(int index) => _share[index];

    /// <summary>Draws one.</summary>
    public int Draw(Dice dice)
    {
        var column = dice.Below(_keep.Length);
        return dice.Unit() < _keep[column] ? column : _alias[column];
    }

    private void Pair(Stack<int> small, Stack<int> large)
    {
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        // What is left is full up to rounding.
        while (small.TryPop(out var rest) || large.TryPop(out rest))
            _keep[rest] = 1;
    }
}
