using System.Numerics;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// How records lie in the log. An address is a byte's place in the log since it began; records have one size, never
/// cross a page, and follow each other without gaps in a page; the first page begins with 64 unused bytes. Segment
/// n, a file, holds the addresses from n times its size.
/// </summary>
internal sealed class LogGeometry
{
    public const int PageBits = 20;
    public const int PageSize = 1 << PageBits;

    /// <summary>FASTER's record header, the key, the value.</summary>
    public const int RecordSize = 8 + RecordKey.Size + RecordValue.HeaderSize + Content.Manifests.Manifest.ChunkSize;

    /// <summary>Bytes of a record before its payload.</summary>
    public const int RecordHeaderSize = RecordSize - Content.Manifests.Manifest.ChunkSize;

    /// <summary>Where the first record lies.</summary>
    public const long FirstAddress = 64;

    public const int MinSegmentBits = PageBits;
    public const int MaxSegmentBits = 30;

    public LogGeometry(int segmentBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBits, MinSegmentBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segmentBits, MaxSegmentBits);
        SegmentBits = segmentBits;
    }

    public int SegmentBits { get; }

    public long SegmentSize => 1L << SegmentBits;

    /// <summary>64 to 128 segments for the room given.</summary>
    public static LogGeometry For(long diskBytes) =>
        new(Math.Clamp(BitOperations.Log2((ulong)diskBytes / 64), MinSegmentBits, MaxSegmentBits));

    public int SegmentOf(long address) => (int)(address >> SegmentBits);

    public long OffsetOf(long address) => address & (SegmentSize - 1);

    public long StartOf(int segment) => (long)segment << SegmentBits;

    /// <summary>The first record at or after <paramref name="address"/>.</summary>
    public static long RecordAtOrAfter(long address)
    {
        var page = address >> PageBits;
        var start = Math.Max(page << PageBits, FirstAddress);
        var record = start + ((Math.Max(address - start, 0) + RecordSize - 1) / RecordSize * RecordSize);
        return record + RecordSize <= (page + 1) << PageBits ? record : (page + 1) << PageBits;
    }
}
