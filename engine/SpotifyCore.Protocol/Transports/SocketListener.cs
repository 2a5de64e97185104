using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// Accepts sockets and sets their channels up side by side, so that a slow handshake delays nobody; those that are done
/// wait in a bounded queue.
/// </summary>
internal sealed class SocketListener : IConnectionListener
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);
    private readonly Socket _socket;
    private readonly Func<Socket, CancellationToken, ValueTask<IConnection?>> _setUp;
    private readonly TransportOptions _options;
    private readonly Channel<IConnection> _ready;
    private readonly SemaphoreSlim _slots;
    private readonly HandshakeCounts _handshakes;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    /// <summary>
    /// Takes over a listening socket; <paramref name="setUp"/> turns an accepted one into a connection, or null.
    /// </summary>
    public SocketListener(
        Socket socket,
        Func<Socket, CancellationToken, ValueTask<IConnection?>> setUp,
        TransportOptions options,
        TimeProvider time)
    {
        _socket = socket;
        _setUp = setUp;
        _options = options;
        _ready = Channel.CreateBounded<IConnection>(options.Backlog);
        _slots = new SemaphoreSlim(options.MaxConcurrentHandshakes);
        _handshakes = new HandshakeCounts(options.MaxHandshakesPerAddress);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _accepting = AcceptLoopAsync(time);
    }

    public IPEndPoint EndPoint { get; }

    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _ready.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_ready.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;

        await _stopping.CancelAsync();
        _socket.Dispose();
        await _accepting;
        for (var free = 0; free < _options.MaxConcurrentHandshakes; free++)
            await _slots.WaitAsync();

        _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
    }

    private async Task AcceptLoopAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(_stopping.Token);
                if (await TryAcceptAsync() is { } socket)
                {
                    _ = SetUpAsync(socket);
                    continue;
                }

                // Reset before it was accepted, or the process is out of descriptors: the listener outlives both.
                _slots.Release();
                await Task.Delay(RetryAfter, time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async ValueTask<Socket?> TryAcceptAsync()
    {
        try
        {
            return await _socket.AcceptAsync(_stopping.Token);
        }
        catch (Exception failed)
            when (failed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task SetUpAsync(Socket socket)
    {
        IPAddress? address = null;
        try
        {
            address = (socket.RemoteEndPoint as IPEndPoint)?.Address;
            if (!_handshakes.TryBegin(address))
            {
                address = null;
                socket.Dispose();
                return;
            }

            socket.NoDelay = true;
            if (_options.SendBufferBytes > 0)
                socket.SendBufferSize = _options.SendBufferBytes;

            var connection = await _setUp(socket, _stopping.Token);
            if (connection is not null && !_ready.Writer.TryWrite(connection))
                await connection.DisposeAsync();
        }
        catch (Exception failed) when (failed is IOException or SocketException or OperationCanceledException)
        {
            socket.Dispose();
        }
        finally
        {
            _handshakes.End(address);
            _slots.Release();
        }
    }
}
