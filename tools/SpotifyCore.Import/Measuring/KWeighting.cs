using System.Runtime.Intrinsics;

namespace SpotifyCore.Import.Measuring;

/// <summary>
/// The filters by which BS.1770 weighs sound of 48 kHz as heads and ears do, over two channels: a shelf that lifts the
/// high, and a cut of the low. Plain products and sums in one order, so that all machines give the same.
/// </summary>
internal sealed class KWeighting
{
    // What is quieter than any sound, and slow to compute with.
    private const double Nothing = 1e-30;

    private Vector128<double> _shelfFirst;
    private Vector128<double> _shelfSecond;
    private Vector128<double> _cutFirst;
    private Vector128<double> _cutSecond;

    /// <summary>The power of the next frame, left and right, both channels summed.</summary>
    public double PowerOf(Vector128<double> frame)
    {
        var lifted = (frame * 1.53512485958697) + _shelfFirst;
        _shelfFirst = _shelfSecond - (frame * 2.69169618940638) + (lifted * 1.69065929318241);
        _shelfSecond = (frame * 1.19839281085285) - (lifted * 0.73248077421585);

        var weighted = lifted + _cutFirst;
        _cutFirst = _cutSecond - (lifted * 2) + (weighted * 1.99004745483398);
        _cutSecond = lifted - (weighted * 0.99007225036621);

        var power = weighted * weighted;
        return power[0] + power[1];
    }

    /// <summary>In silence the memory fades to numbers that processors are slow with: those are nothing.</summary>
    public void Settle()
    {
        (_shelfFirst, _shelfSecond) = (Settle(_shelfFirst), Settle(_shelfSecond));
        (_cutFirst, _cutSecond) = (Settle(_cutFirst), Settle(_cutSecond));
    }

    private static Vector128<double> Settle(Vector128<double> memory) =>
        Vector128.ConditionalSelect(
            Vector128.GreaterThan(Vector128.Abs(memory), Vector128.Create(Nothing)), memory, Vector128<double>.Zero);
}
