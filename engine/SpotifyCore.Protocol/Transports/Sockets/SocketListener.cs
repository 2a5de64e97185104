using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// Accepts sockets, always, and sets their channels up side by side, so that a slow handshake delays nobody; those that
/// are done wait in a bounded queue.
/// </summary>
internal sealed class SocketListener : IConnectionListener
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);
    private readonly Socket _socket;
    private readonly IChannelSetup _setup;
    private readonly TransportOptions _options;
    private readonly Channel<IConnection> _ready;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    // Sockets that are being set up, and one for the loop that accepts them.
    private int _underWay = 1;

    /// <summary>Takes over a listening socket and what makes connections of those that it accepts.</summary>
    public SocketListener(Socket socket, IChannelSetup setup, TransportOptions options, TimeProvider time)
    {
        _socket = socket;
        _setup = setup;
        _options = options;
        _ready = Channel.CreateBounded<IConnection>(options.Backlog);
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
        _setup.Dispose();
        Leave();
        await _done.Task;

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
                if (await TryAcceptAsync() is { } socket)
                {
                    Interlocked.Increment(ref _underWay);
                    _ = SetUpAsync(socket);
                    continue;
                }

                // Reset before it was accepted, or the process is out of descriptors: the listener outlives both.
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
        IConnection? accepted = null;
        IConnection? connection = null;
        try
        {
            socket.NoDelay = true;
            if (_options.SendBufferBytes > 0)
                socket.SendBufferSize = _options.SendBufferBytes;

            accepted = TcpSockets.Accept(socket);
            connection = await _setup.SetUpAsync(accepted);
            if (connection is not null && !_ready.Writer.TryWrite(connection))
                await connection.DisposeAsync();
        }
        catch (Exception failed)
            when (failed is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // Whoever it was gave up, was too slow or had to go.
        }
        finally
        {
            if (accepted is null)
                socket.Dispose();
            else if (connection is null)
                await accepted.DisposeAsync();

            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
            _done.SetResult();
    }
}
