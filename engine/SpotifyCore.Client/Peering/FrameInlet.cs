using System.Buffers;
using System.Threading.Tasks.Sources;
using SpotifyCore.Client.Shell;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Receives bytes from a connection on the pool's threads and hands them over on the loop, one receive at a time: the
/// next begins when the loop has taken what it could, so that a loop that falls behind slows the sender down. Holds a
/// buffer only while there is something in it, and allocates nothing a receive.
/// </summary>
internal sealed class FrameInlet(IConnection connection, ShellGround ground, IFrameTaker taker)
    : ILoopWork, IValueTaskSource<bool>
{
    /// <summary>Room for three whole frames.</summary>
    private const int BufferSize = 64 * 1024;

    private ManualResetValueTaskSourceCore<bool> _taken = new() { RunContinuationsAsynchronously = true };
    private byte[]? _buffer;
    private int _filled;
    private int _received;
    private volatile bool _isOffered;
    private bool _stopped;

    /// <summary>Begins to receive; what ends it is told to the taker.</summary>
    public void Start() => ground.Background.Run(ReceiveAsync);

    /// <summary>Takes nothing more; called on the loop.</summary>
    public void Stop()
    {
        _stopped = true;

        // What waits for memory need not wait any longer.
        if (_isOffered && taker.IsStalled)
            Run();
    }

    /// <summary>Hands over what was received, or what could not be taken before; called on the loop.</summary>
    public void Run()
    {
        if (!_isOffered)
            return;

        (_filled, _received) = (_filled + _received, 0);
        var taken = _stopped ? _filled : taker.Take(_buffer.AsSpan(0, _filled), this);
        if (!_isOffered)
            return;

        _filled -= taken;
        _buffer.AsSpan(taken, _filled).CopyTo(_buffer);

        // What the taker could not take for want of memory is handed over again once there is some.
        if (_filled > 0 && !_stopped && taker.IsStalled)
            return;

        _isOffered = false;
        _taken.SetResult(!_stopped);
    }

    /// <inheritdoc/>
    bool IValueTaskSource<bool>.GetResult(short token) => _taken.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _taken.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _taken.OnCompleted(continuation, state, token, flags);

    // One method for all receives, and no other asynchronous one within it: nothing is allocated for each.
    private async Task ReceiveAsync()
    {
        var reason = "closed by the far side";
        try
        {
            while (true)
            {
                if (_filled == 0)
                {
                    ReturnBuffer();
                    await connection.ReceiveAsync(Memory<byte>.Empty);
                }

                _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
                _received = await connection.ReceiveAsync(_buffer.AsMemory(_filled));
                if (_received == 0)
                    break;

                _taken.Reset();
                _isOffered = true;
                ground.Loop.Post(this);
                if (!await new ValueTask<bool>(this, _taken.Version))
                    break;
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            reason = failure.Message;
        }
        finally
        {
            ReturnBuffer();
            ground.Loop.Post(new PostedAction(() => taker.EndOfInput(reason)));
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer is null)
            return;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
