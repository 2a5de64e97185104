using System.Buffers.Binary;
using System.IO.Hashing;
using SpotifyCore.Storage.Cache.Log;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>
/// What a cache can be opened from: FASTER's checkpoint of the log, a snapshot of the directory, and from where the
/// log says more than the snapshot.
/// </summary>
/// <remarks>
/// File <c>checkpoint.N</c>, little-endian: "SCC2"; u64 number; u64 scan from; the snapshot's u64 number, u64 length and
/// 16 bytes XxHash128; FASTER's 16 bytes token, then what it says of its index and of its log, each u32 length and
/// bytes; at the end 16 bytes XxHash128 of all before.
/// </remarks>
internal sealed record CacheCheckpoint(long Number, long ScanFrom, SnapshotFile Snapshot, LogCheckpoint Log)
{
    private const uint Magic = 0x32434353;
    private const int HashSize = 16;
    private const int FixedSize = 4 + 8 + 8 + 8 + 8 + HashSize + 16 + 4 + 4;

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Number);
        writer.Write(ScanFrom);
        writer.Write(Snapshot.Number);
        writer.Write(Snapshot.Length);
        writer.Write(Snapshot.Hash);
        writer.Write(Log.Token.ToByteArray());
        writer.Write(Log.Index.Length);
        writer.Write(Log.Index);
        writer.Write(Log.Log.Length);
        writer.Write(Log.Log);
        writer.Write(XxHash128.Hash(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <summary>Null when the bytes are not a whole, undamaged checkpoint.</summary>
    public static CacheCheckpoint? TryRead(byte[] bytes)
    {
        if (bytes.Length < FixedSize + HashSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            return null;

        var content = bytes.AsSpan(0, bytes.Length - HashSize);
        if (!XxHash128.Hash(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            return null;

        using var reader = new BinaryReader(new MemoryStream(bytes, 4, content.Length - 4));
        var (number, scanFrom) = (reader.ReadInt64(), reader.ReadInt64());
        var snapshot = new SnapshotFile(reader.ReadInt64(), reader.ReadInt64(), reader.ReadBytes(HashSize));
        var token = new Guid(reader.ReadBytes(16));
        var index = reader.ReadBytes(reader.ReadInt32());
        return new CacheCheckpoint(
            number, scanFrom, snapshot, new LogCheckpoint(token, index, reader.ReadBytes(reader.ReadInt32())));
    }
}
