using System.Buffers;
using SpotifyCore.Client.Shell;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Sends messages over a connection: they gather in one buffer while another is on its way, so that many go out in one
/// write. Called on the loop. Allocates nothing a message once its buffers have grown.
/// </summary>
internal sealed class FrameOutlet : ILoopWork
{
    /// <summary>Bytes gathered above which payload waits, so that something urgent is not stuck behind it.</summary>
    private const int Room = 24 * 1024;

    /// <summary>Bytes gathered above which the far side is given up: it does not read.</summary>
    private const int Limit = 512 * 1024;

    private readonly IConnection _connection;
    private readonly ClientLoop _loop;
    private readonly Action _drained;
    private readonly Action _sent;
    private byte[] _gathering = ArrayPool<byte>.Shared.Rent(4 * 1024);
    private byte[] _sending = [];
    private int _gathered;
    private int _underWay;
    private ValueTask _send;
    private bool _isSending;
    private bool _failed;
    private bool _isReleased;

    /// <summary>An outlet of a connection.</summary>
    /// <param name="connection">Where to send.</param>
    /// <param name="loop">The client's loop.</param>
    /// <param name="drained">Called on the loop whenever a buffer has left.</param>
    public FrameOutlet(IConnection connection, ClientLoop loop, Action drained)
    {
        _connection = connection;
        _loop = loop;
        _drained = drained;
        _sent = () => loop.Post(this);
    }

    /// <summary>True while payload may be added.</summary>
    public bool HasRoom => !_failed && _gathered < Room;

    /// <summary>True when the far side does not read what it is sent.</summary>
    public bool IsOverfull => _gathered > Limit;

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Of those, how many the connection has taken.</summary>
    public long Left { get; private set; }

    /// <summary>True when all that was written is on its way.</summary>
    public bool IsEmpty => _failed || (_gathered == 0 && !_isSending);

    /// <summary>Adds a message and its payload.</summary>
    public void Write(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (_failed || IsOverfull)
            return;

        Grow(_gathered + MessageCodec.MaxPrefixLength + payload.Length);
        var length = MessageCodec.Write(message, payload, _gathering.AsSpan(_gathered));
        _gathered += length;
        Written += length;
    }

    /// <summary>Begins to send what was written, unless something is on its way already.</summary>
    public void Flush()
    {
        if (_isSending || _gathered == 0 || _failed)
            return;

        (_gathering, _sending) = (_sending, _gathering);
        (_underWay, _gathered, _isSending) = (_gathered, 0, true);
        try
        {
            _send = _connection.SendAsync(_sending.AsMemory(0, _underWay));
            if (_send.IsCompleted)
                _loop.Post(this);
            else
                _send.GetAwaiter().UnsafeOnCompleted(_sent);
        }
        catch (Exception refused) when (refused is IOException or ObjectDisposedException)
        {
            (_send, _failed) = (default, true);
            _loop.Post(this);
        }
    }

    /// <summary>The buffer that was on its way has left; called on the loop.</summary>
    public void Run()
    {
        TakeResult();
        _isSending = false;
        Left += _underWay;
        if (_isReleased)
        {
            Return(ref _sending);
            return;
        }

        _drained();
        Flush();
    }

    /// <summary>
    /// Sends nothing more and gives the buffers back, the one on its way once it has left. Called on the loop.
    /// </summary>
    public void Release()
    {
        (_failed, _isReleased) = (true, true);
        Return(ref _gathering);
        if (!_isSending)
            Return(ref _sending);
    }

    private void TakeResult()
    {
        try
        {
#pragma warning disable VSTHRD002 // Nothing is waited for: the result is there.
            _send.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The receiving side sees the same break and ends the channel.
            _failed = true;
        }

        _send = default;
    }

    private void Grow(int length)
    {
        if (_gathering.Length >= length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _gathering.Length * 2));
        _gathering.AsSpan(0, _gathered).CopyTo(larger);
        Return(ref _gathering);
        _gathering = larger;
    }

    private static void Return(ref byte[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);

        buffer = [];
    }
}
