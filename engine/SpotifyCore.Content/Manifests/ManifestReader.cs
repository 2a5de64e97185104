using System.Buffers.Binary;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Manifests;

/// <summary>Reads manifests that came from anyone.</summary>
public static class ManifestReader
{
    /// <summary>The first bytes of every manifest: "SCM1".</summary>
    internal const uint Magic = 0x314D4353;

    /// <summary>
    /// Copies and checks a manifest. False when it is malformed: wrong magic, a length that does not fit the
    /// table, samples or seek points out of order or range.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Manifest manifest)
    {
        manifest = null!;
        if (source.Length < Manifest.HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic)
            return false;

        var length = BinaryPrimitives.ReadInt64LittleEndian(source[4..]);
        var samples = BinaryPrimitives.ReadInt64LittleEndian(source[16..]);
        if (length is <= 0 or > Manifest.MaxLength || samples is < 0 or >= 1L << 46)
            return false;

        var chunks = (length + Manifest.ChunkSize - 1) / Manifest.ChunkSize;
        if (source.Length != Manifest.HeaderSize + (chunks * Manifest.EntrySize)
            || BinaryPrimitives.ReadInt32LittleEndian(source[12..]) <= 0
            || BinaryPrimitives.ReadUInt16LittleEndian(source[26..]) != 0
            || !float.IsFinite(BinaryPrimitives.ReadSingleLittleEndian(source[28..]))
            || !float.IsFinite(BinaryPrimitives.ReadSingleLittleEndian(source[32..])))
            return false;

        var read = new Manifest(source.ToArray());
        if (!HasOrderedSeekPoints(read))
            return false;

        manifest = read;
        return true;
    }

    /// <summary>
    /// As <see cref="TryRead(ReadOnlySpan{byte}, out Manifest)"/>, and the manifest must be that of <paramref
    /// name="file"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, FileId file, out Manifest manifest) =>
        TryRead(source, out manifest) && manifest.File == file;

    private static bool HasOrderedSeekPoints(Manifest manifest)
    {
        var previous = default(SeekPoint);
        for (uint i = 0; i < manifest.ChunkCount; i++)
        {
            var point = manifest.SeekPointOf(i);
            var inChunk = point.Offset == SeekPoint.None || point.Offset < manifest.LengthOf(i);
            if (!inChunk || point.Sample < previous.Sample || (i == 0 && point.Offset == SeekPoint.None))
                return false;

            previous = point;
        }

        return true;
    }
}
