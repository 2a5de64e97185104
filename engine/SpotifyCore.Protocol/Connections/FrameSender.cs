using System.Buffers;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Connections;

/// <summary>
/// The sending half of a connection: frames gather while those before them are on their way, so that many leave in one
/// write, and always ahead of bulk. It holds memory only while there is something to send. Owned by the connection's
/// loop.
/// </summary>
/// <param name="connection">Where to send.</param>
/// <param name="limit">Bytes that gather at most.</param>
/// <param name="wake">Called on any thread when a send that had to wait has ended.</param>
public sealed class FrameSender(IConnection connection, int limit, Action wake)
{
    private const int LeastBytes = 512;
    private readonly CompletionHook _hook = new(wake);
    private byte[] _gathering = [];
    private byte[] _sending = [];
    private IBulkSource? _bulk;
    private ValueTask _send;
    private int _size = LeastBytes;
    private int _underWay;

    /// <summary>True while a send waits for the remote peer to read.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Bytes that wait behind those being sent.</summary>
    public int Gathered { get; private set; }

    /// <summary>True when all that was gathered has left.</summary>
    public bool IsEmpty => Gathered == 0 && !IsSending;

    /// <summary>Bytes gathered so far, in all.</summary>
    public long Written { get; private set; }

    /// <summary>Of those, how many the connection has taken.</summary>
    public long Left { get; private set; }

    /// <summary>True when a frame with so long a payload can be gathered.</summary>
    public bool HasRoom(int payload) => Gathered + MessageCodec.MaxPrefixLength + payload <= limit;

    /// <summary>Gathers a frame, for which there is room.</summary>
    public void Add(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        Grow(Gathered + MessageCodec.MaxPrefixLength + payload.Length);
        var length = MessageCodec.Write(message, payload, _gathering.AsSpan(Gathered));
        Gathered += length;
        Written += length;
    }

    /// <summary>Begins to send what was gathered, or else bulk. False when it can't, or there is nothing.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    internal bool Flush(IBulkSource? bulk)
    {
        if (IsSending)
            return false;

        if (Gathered > 0)
        {
            (_sending, _gathering) = (_gathering, _sending);
            (_underWay, Gathered) = (Gathered, 0);
            Begin(_sending.AsMemory(0, _underWay));
            return true;
        }

        if (bulk is null || bulk.Unsent.IsEmpty)
            return false;

        _bulk = bulk;
        Begin(bulk.Unsent);
        return true;
    }

    /// <summary>Takes the end of the send under way. False when it has none yet.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    internal bool Poll()
    {
        if (!IsSending || !_hook.HasEnded)
            return false;

        End();
        return true;
    }

    /// <summary>
    /// Forgets what was gathered and gives the memory back once the send under way has ended, as the connection's
    /// disposal makes it; false before.
    /// </summary>
    internal bool TryRelease()
    {
        if (IsSending && !_hook.HasEnded)
            return false;

        IsSending = false;
        _bulk = null;
        Gathered = 0;
        Return(ref _gathering);
        Return(ref _sending);
        return true;
    }

    private void Begin(ReadOnlyMemory<byte> bytes)
    {
        _send = connection.SendAsync(bytes);
        IsSending = true;
        if (_send.IsCompleted)
            End();
        else
            _send.GetAwaiter().UnsafeOnCompleted(_hook.Arm());
    }

    private void End()
    {
        IsSending = false;
        _send.TakeResult();
        Left += _underWay;
        _underWay = 0;
        _bulk?.MarkSent();
        _bulk = null;
        Return(ref _sending);
    }

    private void Grow(int length)
    {
        if (_gathering.Length >= length)
            return;

        // What was needed once is rented at once the next time.
        _size = Math.Max(_size, Math.Max(length, Math.Min(limit, 2 * _gathering.Length)));
        var larger = ArrayPool<byte>.Shared.Rent(_size);
        _gathering.AsSpan(0, Gathered).CopyTo(larger);
        Return(ref _gathering);
        _gathering = larger;
    }

    private static void Return(ref byte[] memory)
    {
        if (memory.Length > 0)
            ArrayPool<byte>.Shared.Return(memory);

        memory = [];
    }
}
