using System.Threading.Tasks.Sources;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// The receives of one connection, one after the other. Allocates nothing a receive, whatever threads it begins and
/// ends on.
/// </summary>
internal sealed class EpollReceive : IValueTaskSource<int>
{
    private readonly EpollConnection _connection;
    private readonly LoopSignal _readable;
    private readonly Action _goOn;
    private Action? _goOnInTurn;
    private LoopSignal? _turn;
    private ManualResetValueTaskSourceCore<int> _core;
    private Memory<byte> _destination;

    /// <summary>Of a connection, whose signal tells that there may be bytes.</summary>
    public EpollReceive(EpollConnection connection, LoopSignal readable)
    {
        _connection = connection;
        _readable = readable;
        _goOn = GoOn;
    }

    /// <summary>Receives what is there, or waits for it; an empty destination only waits.</summary>
    public ValueTask<int> BeginAsync(Memory<byte> destination)
    {
        if (_connection.HasHadTurn)
            return WaitForTurnAsync(destination);

        try
        {
            if (_connection.TryReceive(destination.Span, out var received))
                return new ValueTask<int>(received);
        }
        catch (IOException lost)
        {
            return ValueTask.FromException<int>(lost);
        }

        _destination = destination;
        _core.Reset();
        Wait();
        return new ValueTask<int>(this, _core.Version);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private ValueTask<int> WaitForTurnAsync(Memory<byte> destination)
    {
        _destination = destination;
        _core.Reset();
        _turn ??= new LoopSignal();
        _connection.EndTurn(_turn);
        _turn.WaitAsync().GetAwaiter().UnsafeOnCompleted(_goOnInTurn ??= GoOnInTurn);
        return new ValueTask<int>(this, _core.Version);
    }

    private void Wait()
    {
        while (true)
        {
            var readable = _readable.WaitAsync();
            if (!readable.IsCompleted)
            {
                readable.GetAwaiter().UnsafeOnCompleted(_goOn);
                return;
            }

            // A change from before: its bytes may have been received since, so it is asked.
            _connection.MayReceive();
            if (TryEnd())
                return;
        }
    }

    // A change that was waited for is of new bytes.
    private void GoOn()
    {
        _connection.MayReceive();
        if (_destination.IsEmpty && !_connection.IsOver)
            _core.SetResult(0);
        else if (!TryEnd())
            Wait();
    }

    private void GoOnInTurn()
    {
        if (!TryEnd())
            Wait();
    }

    private bool TryEnd()
    {
        try
        {
            if (!_connection.TryReceive(_destination.Span, out var received))
                return false;

            _core.SetResult(received);
        }
        catch (IOException lost)
        {
            _core.SetException(lost);
        }

        return true;
    }
}
