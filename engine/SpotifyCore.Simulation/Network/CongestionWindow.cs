namespace SpotifyCore.Simulation.Network;

/// <summary>
/// How much one side of a connection may have under way: begins small, grows by what is acknowledged up to a limit,
/// shrinks when the line was idle, as TCP's does in slow start.
/// </summary>
internal struct CongestionWindow
{
    private (long At, int Bytes)[]? _underWay;
    private int _first;
    private int _count;
    private int _bytes;
    private int _size;
    private long _lastSent;

    /// <summary>When the next acknowledgement comes.</summary>
    public readonly long NextAcknowledgement => _count == 0 ? long.MaxValue : _underWay![_first].At;

    /// <summary>Bytes that may be sent now.</summary>
    public int RoomAt(long now, in WindowOptions options, long roundTrip)
    {
        _size = _size == 0 ? options.InitialBytes : _size;
        while (_count > 0 && _underWay![_first].At <= now)
            Acknowledge(options);

        // Idle for longer than the time-out of a retransmission: half a time-out each, down to where it began.
        var timeOut = Math.Max(TimeSpan.TicksPerSecond / 5, 2 * roundTrip);
        for (var idle = now - _lastSent; _bytes == 0 && idle > timeOut && _size > options.InitialBytes; idle -= timeOut)
            _size = Math.Max(options.InitialBytes, _size / 2);

        return _size - _bytes;
    }

    /// <summary>Bytes were sent that are acknowledged at a time.</summary>
    public void Send(int bytes, long now, long acknowledgedAt)
    {
        if (_underWay is null || _count == _underWay.Length)
            Grow();

        _underWay![(_first + _count++) & (_underWay.Length - 1)] = (acknowledgedAt, bytes);
        _bytes += bytes;
        _lastSent = now;
    }

    /// <summary>Something was lost.</summary>
    public void Halve(in WindowOptions options) => _size = Math.Max(options.InitialBytes, _size / 2);

    private void Acknowledge(in WindowOptions options)
    {
        var bytes = _underWay![_first].Bytes;
        _first = (_first + 1) & (_underWay.Length - 1);
        _count--;
        if (_bytes * 2 >= _size)
            _size = Math.Min(options.MostBytes, _size + bytes);

        _bytes -= bytes;
    }

    private void Grow()
    {
        var larger = new (long, int)[_underWay is null ? 2 : _underWay.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _underWay![(_first + i) & (_underWay.Length - 1)];

        (_underWay, _first) = (larger, 0);
    }
}
