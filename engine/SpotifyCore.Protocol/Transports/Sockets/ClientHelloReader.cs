using System.Buffers.Binary;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// Tells, before any of it is worked at, whether what a far side sent first is a whole TLS ClientHello. A record is
/// type (1), version (2), length (2), then that much of the message, which may go over several.
/// </summary>
internal static class ClientHelloReader
{
    /// <summary>Bytes of the longest ClientHello that is waited for: one with post-quantum key shares has 2,000.</summary>
    public const int MostBytes = 8 * 1024;

    private const int RecordHeader = 5;
    private const int LengthOffset = 3;
    private const int MessageHeader = 4;
    private const byte HandshakeRecord = 22;
    private const byte ClientHello = 1;
    private const byte MajorVersion = 3;

    /// <summary>Looks at what has been received so far, from the first byte on.</summary>
    public static ClientHelloVerdict Judge(ReadOnlySpan<byte> received)
    {
        // The message's header may straddle two records, so it is gathered on the stack.
        Span<byte> header = stackalloc byte[MessageHeader];
        for (var length = 0; received.Length > 0;)
        {
            if (received[0] != HandshakeRecord || (received.Length > 1 && received[1] != MajorVersion))
                return ClientHelloVerdict.Wrong;
            if (received.Length < RecordHeader)
                return ClientHelloVerdict.Partial;

            var piece = LengthOf(received);
            var there = received.Slice(RecordHeader, Math.Min(piece, received.Length - RecordHeader));
            if (length < MessageHeader)
                there[..Math.Min(there.Length, MessageHeader - length)].CopyTo(header[length..]);

            length += there.Length;
            if (piece == 0 || (length > 0 && header[0] != ClientHello)
                || (length >= MessageHeader && MessageLength(header) > MostBytes))
                return ClientHelloVerdict.Wrong;
            if (there.Length < piece)
                return ClientHelloVerdict.Partial;
            if (length >= MessageHeader && length >= MessageLength(header))
                return ClientHelloVerdict.Whole;

            received = received[(RecordHeader + piece)..];
        }

        return ClientHelloVerdict.Partial;
    }

    /// <summary>
    /// Makes one record, in place, of those that a whole ClientHello came in: the handshake's hashes don't cover how it
    /// was cut, and <see cref="System.Net.Security.SslStream"/> misreads the server's name across a cut.
    /// </summary>
    /// <returns>How many bytes are left of all that was received.</returns>
    public static int Join(Span<byte> received)
    {
        var length = LengthOf(received);
        var next = RecordHeader + length;
        while (length < MessageHeader || length < MessageLength(received[RecordHeader..]))
        {
            var piece = LengthOf(received[next..]);
            received.Slice(next + RecordHeader, piece).CopyTo(received[(RecordHeader + length)..]);
            length += piece;
            next += RecordHeader + piece;
        }

        BinaryPrimitives.WriteUInt16BigEndian(received[LengthOffset..], (ushort)length);
        received[next..].CopyTo(received[(RecordHeader + length)..]);
        return received.Length - next + RecordHeader + length;
    }

    private static int LengthOf(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt16BigEndian(record[LengthOffset..]);

    // Type (1), then the length of what follows (3).
    private static int MessageLength(ReadOnlySpan<byte> header) =>
        MessageHeader + (int)(BinaryPrimitives.ReadUInt32BigEndian(header) & 0xFFFFFF);
}
