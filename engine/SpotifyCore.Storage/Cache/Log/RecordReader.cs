using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// Reads records as they lie in a segment. FASTER's own header, the first 8 bytes, is not trusted and not used.
/// </summary>
internal static class RecordReader
{
    private const int KeyAt = 8;
    private const int HashAt = KeyAt + RecordKey.Size;
    private const int LengthAt = HashAt + sizeof(ulong);

    /// <summary>False when the record is damaged or never was one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out Found found)
    {
        found = default;
        var length = BinaryPrimitives.ReadInt32LittleEndian(record[LengthAt..]);
        if (length is < 1 or > Manifest.ChunkSize || length > record.Length - LogGeometry.RecordHeaderSize)
            return false;

        var chunk = MemoryMarshal.Read<RecordKey>(record[KeyAt..]).Chunk;
        var payload = record.Slice(LogGeometry.RecordHeaderSize, length);
        if (RecordHash.Of(chunk, payload) != BinaryPrimitives.ReadUInt64LittleEndian(record[HashAt..]))
            return false;

        found = new Found(chunk, payload);
        return true;
    }

    /// <summary>A whole record; the payload is a view of what it was read from.</summary>
    internal readonly ref struct Found(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        public ChunkId Chunk { get; } = chunk;

        public ReadOnlySpan<byte> Payload { get; } = payload;
    }
}
