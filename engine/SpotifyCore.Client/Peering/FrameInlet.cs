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
internal sealed class FrameInlet(IConnection connection, ClientLoop loop, IFrameTaker taker) : ILoopWork, IValueTaskSource<bool>
{
    /// <summary>Room for three whole frames.</summary>
    private const int BufferSize = 64 * 1024;

    private ManualResetValueTaskSourceCore<bool> _taken = new() { RunContinuationsAsynchronously = true };
    private byte[]? _buffer;
    private int _filled;
    private int _received;
    private bool _stopped;

    /// <summary>Begins to receive; what ends it is told to the taker.</summary>
    public void Start() => _ = Task.Run(ReceiveAsync);

    /// <summary>Takes nothing more; called on the loop.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Hands over what was received, or what could not be taken before; called on the loop.</summary>
    public void Run()
    {
        (_filled, _received) = (_filled + _received, 0);
        var taken = _stopped ? _filled : taker.Take(_buffer.AsSpan(0, _filled), this);
        _filled -= taken;
        _buffer.AsSpan(taken, _filled).CopyTo(_buffer);

        // What the taker could not take for want of memory is handed over again once there is some.
        if (_filled == 0 || _stopped || !taker.IsStalled)
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

    private async Task ReceiveAsync()
    {
        var reason = "closed by the far side";
        try
        {
            while (await ReceiveOnceAsync())
            {
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            reason = failure.Message;
        }
        finally
        {
            if (_buffer is not null)
                ArrayPool<byte>.Shared.Return(_buffer);
        }

        loop.Post(new PostedAction(() => taker.EndOfInput(reason)));
    }

    private async ValueTask<bool> ReceiveOnceAsync()
    {
        if (_filled == 0)
        {
            ReturnBuffer();
            await connection.ReceiveAsync(Memory<byte>.Empty);
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        _received = await connection.ReceiveAsync(_buffer.AsMemory(_filled));
        if (_received == 0)
            return false;

        _taken.Reset();
        loop.Post(this);
        return await new ValueTask<bool>(this, _taken.Version);
    }

    private void ReturnBuffer()
    {
        if (_buffer is null)
            return;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
