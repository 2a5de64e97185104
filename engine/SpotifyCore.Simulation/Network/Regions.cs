namespace SpotifyCore.Simulation.Network;

/// <summary>Round trips between regions.</summary>
/// <param name="within">That of two hosts of one region, unless set.</param>
/// <param name="between">That of two hosts of different regions, unless set.</param>
internal sealed class Regions(TimeSpan within, TimeSpan between)
{
    private readonly Dictionary<(int, int), long> _set = [];
    private long[] _table = [];
    private int _count;

    public void Set(int one, int other, TimeSpan roundTrip)
    {
        _set[(one, other)] = _set[(other, one)] = roundTrip.Ticks;
        _count = 0;
    }

    public long Between(int one, int other)
    {
        var most = Math.Max(one, other);
        if (most >= _count)
            Build(most + 1);

        return _table[(one * _count) + other];
    }

    private void Build(int count)
    {
        _count = Math.Max(count, 8);
        _table = new long[_count * _count];
        for (var one = 0; one < _count; one++)
        {
            for (var other = 0; other < _count; other++)
            {
                var assumed = one == other ? within : between;
                _table[(one * _count) + other] = _set.GetValueOrDefault((one, other), assumed.Ticks);
            }
        }
    }
}
