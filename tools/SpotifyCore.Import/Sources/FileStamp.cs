using System.Buffers.Binary;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// What tells that a file is as it was, without reading it: its size and times, and on Linux which file it is. Two files
/// of one size and time that change names are so told apart there.
/// </summary>
/// <param name="Length">Its bytes; 0 of what is not there.</param>
/// <param name="Written">When it was last written, in nanoseconds since 1970; whoever writes it may set that.</param>
internal readonly record struct FileStamp(long Length, long Written)
{
    /// <summary>Length of the form that is kept: four numbers of 8 bytes, little-endian.</summary>
    public const int Size = 32;

    private const long NanosecondsPerTick = 100;

    // The system's clock of files goes by steps of up to 2 s (FAT): what was written twice within one looks the same.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>Its number on its file system; 0 where the system does not tell.</summary>
    public ulong Node { get; init; }

    /// <summary>
    /// When it was last changed in any way, in nanoseconds since 1970, which nobody can set; where the system does not
    /// tell that, when it was made.
    /// </summary>
    public long Changed { get; init; }

    /// <summary>The stamp of what is at a path now, of a link that of its target; default where that can't be told.</summary>
    public static FileStamp Of(string path)
    {
        if (Statx.IsThere)
            return Statx.Read(path);

        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;

            return file.Exists || Directory.Exists(path)
                ? new FileStamp(file.Exists ? file.Length : 0, NanosecondsOf(file.LastWriteTimeUtc))
                {
                    Changed = NanosecondsOf(file.CreationTimeUtc),
                }
                : default;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>
    /// Whether it tells a later change too: one that was taken right after the file was written does not.
    /// </summary>
    /// <param name="taken">No later than it was taken.</param>
    public bool IsSettled(DateTimeOffset taken) =>
        this != default && (Node != 0 ? Changed : Written) <= NanosecondsOf((taken - Step).UtcDateTime);

    /// <summary>Writes the form that is kept.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Written);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Node);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Changed);
        return bytes;
    }

    /// <summary>Reads the form that is kept; false where it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FileStamp stamp)
    {
        stamp = bytes.Length != Size
            ? default
            : new FileStamp(
                BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]))
            {
                Node = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
                Changed = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            };
        return stamp != default;
    }

    private static long NanosecondsOf(DateTime time) => (time - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
}
