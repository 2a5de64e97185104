using System.Buffers.Binary;
using System.Security.Cryptography;
using SpotifyCore.Import.Tags;

namespace SpotifyCore.Import.Sources;

/// <summary>What a source is known by.</summary>
/// <param name="All">SHA-256 of the file.</param>
internal sealed record SourceHash(byte[] All)
{
    private const int BufferSize = 128 * 1024;
    private const int TagBufferSize = 16 * 1024;
    private const int BlockHeader = 4;

    // A tag that says which channel is which, and one that says where the music begins: such tags change what is decoded.
    private static readonly byte[][] Decisive =
    [
        "WAVEFORMATEXTENSIBLE_CHANNEL_MASK"u8.ToArray(), "iTunSMPB"u8.ToArray(),
        System.Text.Encoding.Unicode.GetBytes("iTunSMPB"), System.Text.Encoding.BigEndianUnicode.GetBytes("iTunSMPB"),
    ];

    /// <summary>
    /// What the file was known by right before it was read, as it is kept; empty where that would not tell a later change.
    /// </summary>
    public byte[] Stamp { get; private init; } = [];

    /// <summary>
    /// SHA-256 of what of it is decoded, which stays the same when its tags are written anew; null for formats where that
    /// can't be told without decoding it, and until it is asked for.
    /// </summary>
    public byte[]? Essence { get; private init; }

    private bool HasEssence { get; init; }

    /// <summary>Reads a source once: what it is known by if it is as it was.</summary>
    public static async Task<SourceHash> ReadAsync(
        SourceFile source, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stamp = FileStamp.Of(source.Path);
        await using var file = Open(source);
        return new SourceHash(await SHA256.HashDataAsync(file, cancellationToken))
        {
            Stamp = stamp.IsSettled(now) ? stamp.ToBytes() : [],
        };
    }

    /// <summary>Reads it again, unless that was done: what it is known by when its tags were written anew.</summary>
    public async Task<SourceHash> WithEssenceAsync(SourceFile source, CancellationToken cancellationToken)
    {
        if (HasEssence)
            return this;

        await using var file = Open(source);
        return this with
        {
            Essence = file.CanSeek ? await FindEssenceAsync(file, cancellationToken) : null, HasEssence = true,
        };
    }

    private static FileStream Open(SourceFile source) => new(
        source.Path,
        FileMode.Open,
        FileAccess.Read,
        FileShare.Read,
        TagBufferSize,
        FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<byte[]?> FindEssenceAsync(FileStream file, CancellationToken cancellationToken)
    {
        var (start, end) = TagReader.FindContent(file);
        if (end <= start || HasDecisiveTag(file, 0, start) || HasDecisiveTag(file, end, file.Length))
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = Read(file, start, BlockHeader);
        if (head.AsSpan().SequenceEqual("fLaC"u8))
        {
            hash.AppendData("flac"u8);
            if (SkipBlocks(file, start + BlockHeader, end, hash) is not { } frames)
                return null;

            start = frames;
        }
        else if (head is [0xFF, >= 0xE0, ..])
        {
            hash.AppendData("mpeg"u8);
        }
        else
        {
            return null;
        }

        await AppendAsync(file, start, end, hash, cancellationToken);
        return hash.GetHashAndReset();
    }

    // Of FLAC's metadata the first block alone says what is decoded.
    private static long? SkipBlocks(FileStream file, long at, long end, IncrementalHash hash)
    {
        while (at + BlockHeader <= end)
        {
            var header = BinaryPrimitives.ReadUInt32BigEndian(Read(file, at, BlockHeader));
            var (isLast, kind, length) = (header >> 31 == 1, (header >> 24) & 0x7F, header & 0xFF_FFFF);
            at += BlockHeader;
            if (kind == 0)
                hash.AppendData(Read(file, at, (int)length));
            else if (kind == 4 && HasDecisiveTag(file, at, at + length))
                return null;

            at += length;
            if (isLast)
                return at;
        }

        return null;
    }

    private static bool HasDecisiveTag(FileStream file, long start, long end)
    {
        var longest = Decisive.Max(static name => name.Length);
        for (var at = start; at < end; at += BufferSize - longest)
        {
            var part = Read(file, at, (int)Math.Min(BufferSize, end - at));
            if (Array.Exists(Decisive, name => part.AsSpan().IndexOf(name) >= 0))
                return true;
        }

        return false;
    }

    private static async Task AppendAsync(
        FileStream file, long start, long end, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (start < end)
        {
            var wanted = buffer.AsMemory(0, (int)Math.Min(BufferSize, end - start));
            var read = await RandomAccess.ReadAsync(file.SafeFileHandle, wanted, start, cancellationToken);
            if (read == 0)
                throw new EndOfStreamException("The file became shorter while it was read.");

            hash.AppendData(buffer, 0, read);
            start += read;
        }
    }

    private static byte[] Read(FileStream file, long at, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), at + read) is > 0 and var more)
            read += more;

        return bytes[..read];
    }
}
