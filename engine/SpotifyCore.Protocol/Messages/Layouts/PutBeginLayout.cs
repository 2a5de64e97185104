using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>16 bytes file; u32 offset and u32 total length of the manifest; bytes of it.</summary>
internal static class PutBeginLayout
{
    public const int Size = FileId.Size + 8;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(fields[16..]);
        var total = BinaryPrimitives.ReadUInt32LittleEndian(fields[20..]);
        ProtocolException.ThrowIf(
            total > PeerMessage.MaxManifestLength || offset > total || length > total - offset || length == 0,
            ProtocolCode.Malformed);
        return PeerMessage.PutBegin(0, FileId.Read(fields), offset, total, length);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        message.File.Write(fields);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[16..], message.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[20..], message.Total);
    }
}
