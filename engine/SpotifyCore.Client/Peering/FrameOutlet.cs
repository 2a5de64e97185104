using System.Buffers;
using System.Runtime.CompilerServices;
using SpotifyCore.Client.Shell;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Sends messages over a connection: they gather in one buffer while another is on its way, so that many go out in one
/// write. Called on the loop. Allocates nothing a message once its buffers have grown.
/// </summary>
internal sealed class FrameOutlet(IConnection connection, ClientLoop loop, Action drained) : ILoopWork
{
    /// <summary>Bytes gathered above which payload waits, so that something urgent is not stuck behind it.</summary>
    private const int Room = 24 * 1024;

    /// <summary>Bytes gathered above which the far side is given up: it does not read.</summary>
    private const int Limit = 512 * 1024;

    private byte[] _gathering = ArrayPool<byte>.Shared.Rent(4 * 1024);
    private byte[] _sending = [];
    private int _gathered;
    private bool _isSending;
    private volatile bool _failed;

    /// <summary>True while payload may be added.</summary>
    public bool HasRoom => !_failed && _gathered < Room;

    /// <summary>True when the far side does not read what it is sent.</summary>
    public bool IsOverfull => _gathered > Limit;

    /// <summary>True when all that was written is on its way.</summary>
    public bool IsEmpty => _failed || (_gathered == 0 && !_isSending);

    /// <summary>Adds a message and its payload.</summary>
    public void Write(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (_failed || IsOverfull)
            return;

        Grow(_gathered + MessageCodec.MaxPrefixLength + payload.Length);
        _gathered += MessageCodec.Write(message, payload, _gathering.AsSpan(_gathered));
    }

    /// <summary>Begins to send what was written, unless something is on its way already.</summary>
    public void Flush()
    {
        if (_isSending || _gathered == 0 || _failed)
            return;

        (_gathering, _sending) = (_sending, _gathering);
        var length = _gathered;
        (_gathered, _isSending) = (0, true);
        _ = SendAsync(length);
    }

    /// <summary>The buffer that was on its way has left; called on the loop.</summary>
    public void Run()
    {
        _isSending = false;
        drained();
        Flush();
    }

    /// <summary>Gives the buffers back. Called on the loop once nothing is on its way any more.</summary>
    public void Release()
    {
        if (_isSending)
            return;

        Return(ref _gathering);
        Return(ref _sending);
        _failed = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(int length)
    {
        try
        {
            await connection.SendAsync(_sending.AsMemory(0, length));
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The receiving side sees the same break and ends the channel.
            _failed = true;
        }

        loop.Post(this);
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
