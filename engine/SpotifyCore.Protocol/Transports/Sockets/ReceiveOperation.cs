using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using SpotifyCore.Content.Tasks;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// The receives of one connection, one after the other: what is below says how a connection is lost in many ways, here
/// it is an <see cref="IOException"/>. Allocates nothing a receive, whatever threads it begins and ends on.
/// </summary>
internal sealed class ReceiveOperation : IValueTaskSource<int>
{
    private readonly Action _ended;
    private ManualResetValueTaskSourceCore<int> _core;
    private ValueTask<int> _below;

    public ReceiveOperation() => _ended = End;

    /// <summary>Receives as what is below does.</summary>
    public ValueTask<int> BeginAsync(ValueTask<int> below)
    {
        if (below.IsCompletedSuccessfully)
            return below;

        _core.Reset();
        _below = below;
        if (below.IsCompleted)
            End();
        else
            below.GetAwaiter().UnsafeOnCompleted(_ended);

        return new ValueTask<int>(this, _core.Version);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void End()
    {
        int received;
        try
        {
            received = _below.TakeResult();
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            _core.SetException(new IOException("The connection was lost.", lost));
            return;
        }
        catch (Exception failed)
        {
            _core.SetException(failed);
            return;
        }

        _core.SetResult(received);
    }
}
