using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Shells;

/// <summary>
/// The receiving half of a connection's loop: keeps one receive under way, and no memory while nothing comes. Owned by
/// the loop.
/// </summary>
internal sealed class ConnectionReceiver(IConnection connection, LoopSignal signal, int bufferBytes)
{
    private readonly Action _wake = signal.Set;
    private ValueTask<int> _receive;
    private bool _underWay;
    private bool _hooked;
    private bool _waits;

    /// <summary>What was received.</summary>
    public ReceiveBuffer Buffer { get; } = new(bufferBytes);

    /// <summary>True once the far side has closed.</summary>
    public bool Ended { get; private set; }

    /// <summary>
    /// Takes in what has come. False when nothing has; the signal is then set when something does.
    /// </summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    public bool Poll()
    {
        while (!Ended)
        {
            if (!_underWay)
                Begin();
            if (!IsDone())
                return false;

            _underWay = false;
            var length = _receive.TakeResult();
            if (_waits)
                continue;

            Buffer.Received(length);
            Ended = length == 0;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Waits for the receive under way, which the connection's disposal has ended, and gives the memory back.
    /// </summary>
    public async Task StopAsync()
    {
        while (_underWay && !IsDone())
            await signal.WaitAsync();

        Buffer.Dispose();
    }

    // An empty connection first waits without memory, then receives what is known to be there.
    private void Begin()
    {
        _waits = Buffer.IsEmpty && !_waits;
        if (_waits)
            Buffer.Release();

        _receive = connection.ReceiveAsync(_waits ? Memory<byte>.Empty : Buffer.GetSpace());
        _underWay = true;
        _hooked = false;
    }

    private bool IsDone()
    {
        if (_receive.IsCompleted)
            return true;

        if (!_hooked)
        {
            _hooked = true;
            _receive.GetAwaiter().UnsafeOnCompleted(_wake);
        }

        return false;
    }
}
