using System.Buffers.Binary;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>
/// A directory as a file: entries of u32 index and u64 place, little-endian; an index of all ones says that
/// 16 bytes of file id follow, which the entries after it belong to.
/// </summary>
internal static class DirectorySnapshot
{
    private const int EntrySize = 12;
    private const uint NewFile = uint.MaxValue;

    public static void Write(string path, ChunkDirectory directory) =>
        DurableFile.Replace(path, directory, static (file, directory) =>
        {
            var writer = new Writer(file);
            directory.Visit(ref writer);
        });

    /// <summary>
    /// Puts into <paramref name="directory"/> what the snapshot holds at addresses from <paramref name="first"/> to
    /// <paramref name="end"/>.
    /// </summary>
    public static void Read(string path, ChunkDirectory directory, long first, long end)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        Span<byte> entry = stackalloc byte[EntrySize];
        Span<byte> id = stackalloc byte[FileId.Size];
        var file = default(FileId);
        while (stream.ReadAtLeast(entry, EntrySize, throwOnEndOfStream: false) == EntrySize)
        {
            var index = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (index == NewFile)
            {
                stream.ReadExactly(id);
                file = FileId.Read(id);
                continue;
            }

            var place = new ChunkPlace(BinaryPrimitives.ReadInt64LittleEndian(entry[4..]));
            if (place.Address >= first && place.Address < end)
                directory.Set(new ChunkId(file, index), place);
        }
    }

    private struct Writer(FileStream stream) : IPlaceVisitor
    {
        private FileId? _file;

        public void Visit(ChunkId chunk, ChunkPlace place)
        {
            Span<byte> entry = stackalloc byte[EntrySize + FileId.Size];
            if (_file != chunk.File)
            {
                _file = chunk.File;
                BinaryPrimitives.WriteUInt32LittleEndian(entry, NewFile);
                entry[4..EntrySize].Clear();
                chunk.File.Write(entry[EntrySize..]);
                stream.Write(entry);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(entry, chunk.Index);
            BinaryPrimitives.WriteInt64LittleEndian(entry[4..], place.Word);
            stream.Write(entry[..EntrySize]);
        }
    }
}
