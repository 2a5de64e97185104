using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>
/// u32 magic; u16 first version; u16 last version; u8 role; u8 zero; u16 listen port; u16 request limit; ticket.
/// </summary>
internal static class HelloLayout
{
    public const int Size = 14;

    public static PeerMessage Read(ReadOnlySpan<byte> fields)
    {
        ProtocolException.ThrowIf(
            BinaryPrimitives.ReadUInt32LittleEndian(fields) != ProtocolVersion.Magic, ProtocolCode.BadMagic);
        ProtocolException.ThrowIf(fields[9] != 0, ProtocolCode.Malformed);
        return new PeerMessage
        {
            Kind = PeerMessageKind.Hello,
            MinVersion = BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]),
            MaxVersion = BinaryPrimitives.ReadUInt16LittleEndian(fields[6..]),
            Role = WireEnums.Role(fields[8]),
            ListenPort = BinaryPrimitives.ReadUInt16LittleEndian(fields[10..]),
            RequestLimit = BinaryPrimitives.ReadUInt16LittleEndian(fields[12..]),
        };
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(fields, ProtocolVersion.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], message.MinVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], message.MaxVersion);
        fields[8] = (byte)message.Role;
        fields[9] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(fields[10..], message.ListenPort);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[12..], message.RequestLimit);
    }
}
