using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u16 version; u8 role; u8 zero; u16 listen port; u16 request limit; ticket.</summary>
internal static class HelloReplyLayout
{
    public const int Size = 8;

    public static PeerMessage Read(ReadOnlySpan<byte> fields)
    {
        ProtocolException.ThrowIf(fields[3] != 0, ProtocolCode.Malformed);
        return PeerMessage.HelloReply(
            BinaryPrimitives.ReadUInt16LittleEndian(fields),
            WireEnums.Role(fields[2]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[6..]));
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, message.MinVersion);
        fields[2] = (byte)message.Role;
        fields[3] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], message.ListenPort);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], message.RequestLimit);
    }
}
