using SpotifyCore.Content.Tasks;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Connections;

/// <summary>
/// The receiving half of a connection: keeps one receive under way, and no memory while nothing comes. Owned by the
/// connection's loop.
/// </summary>
internal sealed class FrameReceiver(IConnection connection, int bufferBytes, Action wake)
{
    private readonly CompletionHook _hook = new(wake);
    private ValueTask<int> _receive;
    private bool _isUnderWay;
    private bool _isHooked;
    private bool _isWait;

    /// <summary>What was received.</summary>
    public ReceiveBuffer Buffer { get; } = new(bufferBytes);

    /// <summary>True once the remote peer has closed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// Takes what has come. False when nothing has; the loop is then woken when something does.
    /// </summary>
    /// <param name="isExpected">True when something is on its way: it is received without a wait before it.</param>
    /// <exception cref="IOException">The connection was lost.</exception>
    public bool Poll(bool isExpected)
    {
        while (!HasEnded)
        {
            if (!_isUnderWay)
                Begin(isExpected);
            if (!IsDone())
                return false;

            _isUnderWay = false;
            var length = _receive.TakeResult();
            if (_isWait)
                continue;

            Buffer.Received(length);
            HasEnded = length == 0;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Gives the memory back once the receive under way has ended, as the connection's disposal makes it; false before,
    /// and the loop is woken when it has.
    /// </summary>
    public bool TryRelease()
    {
        if (_isUnderWay && !IsDone())
            return false;

        Buffer.Dispose();
        return true;
    }

    // An empty connection first waits without memory, then receives what is known to be there.
    private void Begin(bool isExpected)
    {
        _isWait = Buffer.IsEmpty && !_isWait && !isExpected;
        if (_isWait)
            Buffer.Release();

        _receive = connection.ReceiveAsync(_isWait ? Memory<byte>.Empty : Buffer.GetSpace());
        _isUnderWay = true;
        _isHooked = false;
    }

    private bool IsDone()
    {
        if (_isHooked)
            return _hook.HasEnded;

        if (_receive.IsCompleted)
            return true;

        _isHooked = true;
        _receive.GetAwaiter().UnsafeOnCompleted(_hook.Arm());
        return false;
    }
}
