using System.Buffers.Binary;
using System.Security.Cryptography;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Manifests;

/// <summary>
/// What never changes about a file: its length, how it sounds, and what each chunk must hash to.
/// Immutable, safe for any thread. <see cref="Bytes"/> is its one binary form; the hash of that names
/// the file, so whoever holds a <see cref="FileId"/> can check a manifest from anyone.
/// </summary>
/// <remarks>
/// Binary form, little-endian: 4 bytes "SCM1"; u64 length; u32 bits per second; u64 samples;
/// u16 pre-skip; u16 zero; f32 track gain dB; f32 track peak; 16 bytes track; then for each chunk
/// 16 bytes of hash and 8 bytes of seek point (u16 offset, u48 sample).
/// </remarks>
public sealed class Manifest
{
    /// <summary>Bytes in every chunk but the last, which may be shorter.</summary>
    public const int ChunkSize = 16 * 1024;

    /// <summary>Length in bytes of the part before the chunk table.</summary>
    public const int HeaderSize = 52;

    /// <summary>Bytes of the chunk table a chunk takes.</summary>
    public const int EntrySize = ChunkHash.Size + SeekPoint.Size;

    /// <summary>Longest file accepted: 4 GiB, some 29 hours at 320 kbps.</summary>
    public const long MaxLength = 4L << 30;

    private readonly byte[] _bytes;

    internal Manifest(byte[] bytes)
    {
        _bytes = bytes;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        File = FileId.FromHash(hash);
        Length = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(4));
        BitsPerSecond = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12));
        Samples = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16));
        PreSkip = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(24));
        TrackGain = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(28));
        TrackPeak = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(32));
        Track = TrackId.Read(bytes.AsSpan(36));
    }

    /// <summary>The file this manifest describes: the hash of <see cref="Bytes"/>.</summary>
    public FileId File { get; }

    /// <summary>The recording the file encodes.</summary>
    public TrackId Track { get; }

    /// <summary>Length of the whole file in bytes; sealed and plain lengths are equal.</summary>
    public long Length { get; }

    /// <summary>The encoder's target: 96,000, 160,000 or 320,000.</summary>
    public int BitsPerSecond { get; }

    /// <summary>Samples per channel at 48 kHz that a listener hears: pre-skip and end padding excluded.</summary>
    public long Samples { get; }

    /// <summary>Samples at 48 kHz that the decoder drops at the start (RFC 7845 section 4.2).</summary>
    public int PreSkip { get; }

    /// <summary>
    /// Decibels to add so that the track reaches the reference loudness of -18 LUFS (EBU R128, ReplayGain 2.0).
    /// </summary>
    public float TrackGain { get; }

    /// <summary>Largest true peak of the track; 1.0 is full scale.</summary>
    public float TrackPeak { get; }

    /// <summary>Number of chunks in the file.</summary>
    public uint ChunkCount => (uint)((Length + ChunkSize - 1) / ChunkSize);

    /// <summary>How long the track sounds.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks((long)((Int128)Samples * TimeSpan.TicksPerSecond / 48_000));

    /// <summary>The binary form. The memory is the manifest's; it is never written again.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Bytes in the chunk <paramref name="index"/>.</summary>
    public int LengthOf(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ChunkCount);
        return (int)Math.Min(ChunkSize, Length - ((long)index * ChunkSize));
    }

    /// <summary>What SHA-256 of the sealed chunk must begin with.</summary>
    public ChunkHash HashOf(uint index) => ChunkHash.Read(Entry(index));

    /// <summary>Where decoding can begin in the chunk <paramref name="index"/>.</summary>
    public SeekPoint SeekPointOf(uint index)
    {
        var point = Entry(index)[ChunkHash.Size..];
        var sample = BinaryPrimitives.ReadUInt32LittleEndian(point[2..])
            | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(point[6..]) << 32);
        return new SeekPoint(BinaryPrimitives.ReadUInt16LittleEndian(point), sample);
    }

    /// <summary>
    /// The last chunk in which a page starts at or before <paramref name="sample"/> (pre-skip included):
    /// where decoding must begin to sound that sample. Costs a binary search.
    /// </summary>
    public uint ChunkAt(ulong sample)
    {
        uint low = 0, high = ChunkCount - 1;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (SeekPointOf(middle).Sample <= sample)
                low = middle;
            else
                high = middle - 1;
        }

        while (low > 0 && SeekPointOf(low).Offset == SeekPoint.None)
            low--;

        return low;
    }

    private ReadOnlySpan<byte> Entry(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ChunkCount);
        return _bytes.AsSpan(HeaderSize + ((int)index * EntrySize), EntrySize);
    }
}
