using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>
/// What a cache can be opened from: a checkpoint of FASTER's, a snapshot of the directory, and from where the log
/// says more than the snapshot. Every file that is meant stands in it with length and hash.
/// </summary>
/// <remarks>
/// File <c>checkpoint.N</c>, little-endian: "SCC1"; u64 number; u64 snapshot number; u64 scan from;
/// 16 bytes FASTER token; u32 count of files; for each u16 length and UTF-8 of its relative path, u64 length,
/// 16 bytes XxHash128; at the end 16 bytes XxHash128 of all before.
/// </remarks>
internal sealed record CacheCheckpoint(
    long Number, long Snapshot, long ScanFrom, Guid Token, IReadOnlyList<CheckpointedFile> Files)
{
    private const uint Magic = 0x31434353;
    private const int HashSize = 16;
    private const int FixedSize = 4 + 8 + 8 + 8 + 16 + 4;
    private const int MaxFiles = 64;

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Number);
            writer.Write(Snapshot);
            writer.Write(ScanFrom);
            writer.Write(Token.ToByteArray());
            writer.Write(Files.Count);
            foreach (var file in Files)
            {
                var name = Encoding.UTF8.GetBytes(file.Name);
                writer.Write((ushort)name.Length);
                writer.Write(name);
                writer.Write(file.Length);
                writer.Write(file.Hash);
            }
        }

        var hash = XxHash128.Hash(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        stream.Write(hash);
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
        var (number, snapshot, scanFrom) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var token = new Guid(reader.ReadBytes(16));
        var count = reader.ReadInt32();
        if (count is < 0 or > MaxFiles)
            return null;

        var files = new CheckpointedFile[count];
        for (var i = 0; i < count; i++)
        {
            var name = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadUInt16()));
            files[i] = new CheckpointedFile(name, reader.ReadInt64(), reader.ReadBytes(HashSize));
        }

        return new CacheCheckpoint(number, snapshot, scanFrom, token, files);
    }
}
