using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// A plain TCP connection on an <see cref="EpollLoop"/>: it asks the socket first and waits only for what is not there.
/// </summary>
internal sealed class EpollConnection : IConnection
{
    /// <summary>Bytes after which one that sends without ever waiting lets the others of its loop go first.</summary>
    private const int Turn = 512 * 1024;

    /// <summary>As many received: of small frames these are far more work.</summary>
    private const int ReceiveTurn = 64 * 1024;

    private readonly Socket _socket;
    private readonly EpollLoop _loop;
    private readonly int _number;
    private readonly LoopSignal _readable = new();
    private readonly LoopSignal _writable = new();
    private readonly EpollReceive _receive;
    private LoopSignal? _turn;
    private int _sentInTurn;
    private int _receivedInTurn;
    private bool _isDrained;
    private volatile bool _isEnding;
    private volatile bool _isOver;
    private volatile bool _isInline;
    private int _isDisposed;

    /// <summary>Takes over a connected socket that nobody waits for otherwise.</summary>
    /// <exception cref="IOException">The connection is lost, or the system watches no more.</exception>
    public EpollConnection(Socket socket, EpollLoop loop)
    {
        _socket = socket;
        _loop = loop;
        RemoteEndPoint = TcpSockets.RemoteOf(socket);
        Handle = socket.SafeHandle;
        _receive = new EpollReceive(this, _readable);
        _number = loop.Watch(this);
    }

    public PeerId? RemoteId => null;

    public EndPoint RemoteEndPoint { get; }

    /// <summary>True once it is disposed of, or fit for nothing else.</summary>
    public bool IsOver => _isOver;

    /// <summary>The socket, for the loop.</summary>
    public SafeSocketHandle Handle { get; }

    public void CompleteInline() => _isInline = true;

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled
            ? ReceiveOrCancelAsync(destination, cancellationToken)
            : _receive.BeginAsync(destination);

    public ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled ? SendOrCancelAsync(source, cancellationToken) : SendAsync(source);

    public void EndSending() => TcpSockets.Shutdown(_socket, SocketShutdown.Send);

    public ValueTask DisposeAsync()
    {
        _isOver = true;
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            TcpSockets.Shutdown(_socket, SocketShutdown.Both);
            _loop.Forget(_number);
            _socket.Dispose();
        }

        Wake();
        return ValueTask.CompletedTask;
    }

    /// <summary>Learns what the socket can do now; on the loop's thread.</summary>
    public void Changed(uint changes)
    {
        // Said for good: the end may come in one change with the bytes before it, and nothing changes after it.
        if ((changes & (Epoll.RemoteEnd | Epoll.Broken)) != 0)
            _isEnding = true;

        _sentInTurn = 0;
        _receivedInTurn = 0;
        if ((changes & (Epoll.In | Epoll.RemoteEnd | Epoll.Broken)) != 0)
            Set(_readable);
        if ((changes & (Epoll.Out | Epoll.Broken)) != 0)
            Set(_writable);
    }

    /// <summary>True when it has received so much on its loop, without ever waiting, that the others go first.</summary>
    public bool HasHadTurn => _receivedInTurn >= ReceiveTurn && _isInline && _loop.IsCurrent;

    /// <summary>Lets the others of its loop go first; the signal is set once it may go on.</summary>
    public void EndTurn(LoopSignal goOn)
    {
        _receivedInTurn = 0;
        _loop.SetLater(goOn);
    }

    /// <summary>There may be bytes again.</summary>
    public void MayReceive() => _isDrained = false;

    /// <summary>False when there is nothing to receive yet. An empty destination only looks.</summary>
    /// <exception cref="IOException">The connection is lost, or disposed of.</exception>
    public bool TryReceive(Span<byte> destination, out int received)
    {
        received = 0;
        if (_isOver)
            throw Lost();
        if (_isDrained && !_isEnding)
            return false;

        try
        {
            while (true)
            {
                received = destination.IsEmpty ? Epoll.Look(Handle) : Epoll.Receive(Handle, destination);
                if (received >= 0)
                    break;
                if (IsInterrupted(Marshal.GetLastPInvokeError()))
                    continue;

                _isDrained = true;
                return false;
            }
        }
        catch (ObjectDisposedException)
        {
            throw Lost();
        }

        if (destination.IsEmpty)
            received = 0;
        else
            _isDrained = received < destination.Length;

        _receivedInTurn += received;
        return true;
    }

    private static IOException Lost() => new("The connection was lost.");

    /// <summary>True when a failed call is worth another try at once, false when it has to wait.</summary>
    private static bool IsInterrupted(int error) => error switch
    {
        Epoll.Interrupted => true,
        Epoll.WouldWait => false,
        _ => throw new IOException("The connection was lost.", new SocketException(error)),
    };

    private void Set(LoopSignal signal)
    {
        if (_isInline)
            signal.Set();
        else
            signal.SetFromPool();
    }

    private void Wake()
    {
        _readable.SetFromPool();
        _writable.SetFromPool();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(ReadOnlyMemory<byte> source)
    {
        while (true)
        {
            if (_isOver)
                throw Lost();

            source = source[TrySend(source.Span)..];
            if (source.IsEmpty)
                break;

            await _writable.WaitAsync();
        }

        if (_sentInTurn < Turn || !_isInline || !_loop.IsCurrent)
            return;

        _loop.SetLater(_turn ??= new LoopSignal());
        await _turn.WaitAsync();
        _sentInTurn = 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveOrCancelAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static connection => ((EpollConnection)connection!).Cancel(), this);
        try
        {
            return await _receive.BeginAsync(destination);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendOrCancelAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static connection => ((EpollConnection)connection!).Cancel(), this);
        try
        {
            await SendAsync(source);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // A cancelled receive or send leaves the connection fit for nothing but its disposal.
    private void Cancel()
    {
        _isOver = true;
        Wake();
    }

    /// <summary>Sends until there is no more room; says how much.</summary>
    private int TrySend(ReadOnlySpan<byte> source)
    {
        var sent = 0;
        try
        {
            while (sent < source.Length)
            {
                var length = Epoll.Send(Handle, source[sent..]);
                if (length >= 0)
                    sent += length;
                else if (!IsInterrupted(Marshal.GetLastPInvokeError()))
                    break;
            }
        }
        catch (ObjectDisposedException)
        {
            throw Lost();
        }

        _sentInTurn += sent;
        return sent;
    }
}
