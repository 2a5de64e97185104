using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>16 bytes file, which the list begins after; u16 most files.</summary>
internal static class ListRequestLayout
{
    public const int Size = FileId.Size + 2;

    public static PeerMessage Read(ReadOnlySpan<byte> fields)
    {
        var limit = BinaryPrimitives.ReadUInt16LittleEndian(fields[FileId.Size..]);
        ProtocolException.ThrowIf(limit is 0 or > ListedFiles.MaxCount, ProtocolCode.BadRange);
        return PeerMessage.RequestList(0, FileId.Read(fields), limit);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        message.File.Write(fields);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[FileId.Size..], (ushort)message.Count);
    }
}
