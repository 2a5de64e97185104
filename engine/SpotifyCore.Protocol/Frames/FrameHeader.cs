using System.Buffers.Binary;

namespace SpotifyCore.Protocol.Frames;

/// <summary>What stands before every payload: u32 payload length, u16 kind, u32 request id, little-endian.</summary>
public readonly record struct FrameHeader(int PayloadLength, PeerMessageKind Kind, uint Request)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 10;

    /// <summary>No payload of any kind is longer: a full chunk with the fields before it, rounded up.</summary>
    public const int MaxPayloadLength = 16 * 1024 + 64;

    /// <summary>No frame is longer.</summary>
    public const int MaxFrameLength = Size + MaxPayloadLength;

    /// <summary>Reads the wire form; lengths and kinds outside the protocol end the connection.</summary>
    /// <exception cref="ProtocolException">The payload is too long or the kind is unknown.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> source)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (length > MaxPayloadLength)
            ProtocolException.Throw(ProtocolCode.FrameTooLong);

        var kind = (PeerMessageKind)BinaryPrimitives.ReadUInt16LittleEndian(source[4..]);
        if (kind is PeerMessageKind.None or > PeerMessageKind.List)
            ProtocolException.Throw(ProtocolCode.UnknownKind);

        return new FrameHeader((int)length, kind, BinaryPrimitives.ReadUInt32LittleEndian(source[6..]));
    }

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)PayloadLength);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], (ushort)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[6..], Request);
    }
}
