using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Protocol.Sending;

/// <summary>Frames gathered for one write.</summary>
internal sealed class SendBatch(int size)
{
    /// <summary>Room that any frame without a chunk or manifest in it fits in.</summary>
    public const int AnswerRoom = MessageCodec.MaxPrefixLength + PeerMessage.MaxTicketLength;

    private readonly byte[] _memory = GC.AllocateUninitializedArray<byte>(size, pinned: true);
    private int _sent;

    /// <summary>Bytes gathered, those already sent included.</summary>
    public int Filled { get; private set; }

    /// <summary>Bytes that can still be gathered.</summary>
    public int Room => _memory.Length - Filled;

    /// <summary>True when there is something to send.</summary>
    public bool HasUnsent => _sent < Filled;

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Unsent => _memory.AsMemory(_sent, Filled - _sent);

    /// <summary>The memory behind what was gathered.</summary>
    public Memory<byte> Free => _memory.AsMemory(Filled);

    /// <summary>Takes in that the front of <see cref="Free"/> was filled.</summary>
    public void Advance(int length) => Filled += length;

    /// <summary>Adds a frame whose payload, if any, is text that goes with its code.</summary>
    public void Add(in PeerMessage message)
    {
        var text = message.Kind is PeerMessageKind.Error or PeerMessageKind.GoAway or PeerMessageKind.HelloRefused
            ? ProtocolText.Utf8(message.Code)
            : default;
        Add(message, text);
    }

    /// <summary>Adds a frame with its payload.</summary>
    public void Add(in PeerMessage message, ReadOnlySpan<byte> payload) =>
        Filled += MessageCodec.Write(message, payload, _memory.AsSpan(Filled));

    /// <summary>Adds frames.</summary>
    public void Add(ReadOnlySpan<byte> frames)
    {
        frames.CopyTo(_memory.AsSpan(Filled));
        Filled += frames.Length;
    }

    /// <summary>Takes in that everything was sent; the memory stays where it is.</summary>
    public void MarkSent() => _sent = Filled;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _sent = Filled = 0;
}
