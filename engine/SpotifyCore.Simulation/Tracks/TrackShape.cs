using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Simulation.Tracks;

/// <summary>
/// What all tracks of one length and bitrate have in common: constant rate, pages of 200 ms, so that seek points lie
/// where an import puts them. The hashes are made up: nothing here is hashed.
/// </summary>
internal sealed class TrackShape
{
    private const int PreSkip = 312;
    private const int PageSamples = 9_600;
    private const int TrackAt = 36;

    private readonly byte[] _bytes;

    public TrackShape(int seconds, int bitsPerSecond)
    {
        Length = (long)seconds * bitsPerSecond / 8;
        Chunks = (int)((Length + Manifest.ChunkSize - 1) / Manifest.ChunkSize);
        _bytes = new byte[Manifest.HeaderSize + (Chunks * Manifest.EntrySize)];
        "SCM1"u8.CopyTo(_bytes);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(4), Length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(12), bitsPerSecond);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(16), (seconds * 48_000L) - PreSkip);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(24), PreSkip);
        var random = new SeededRandom((ulong)Length);
        for (var chunk = 0; chunk < Chunks; chunk++)
            WriteEntry(chunk, bitsPerSecond, random.Next());
    }

    public long Length { get; }

    public int Chunks { get; }

    public Manifest Make(TrackId track)
    {
        track.Write(_bytes.AsSpan(TrackAt));
        return ManifestReader.TryRead(_bytes, out var manifest)
            ? manifest
            : throw new InvalidOperationException("The shape of a track makes no valid manifest.");
    }

    private void WriteEntry(int chunk, int bitsPerSecond, ulong hash)
    {
        var entry = _bytes.AsSpan(Manifest.HeaderSize + (chunk * Manifest.EntrySize), Manifest.EntrySize);
        BinaryPrimitives.WriteUInt64LittleEndian(entry, hash);
        var pageBytes = (long)bitsPerSecond / 8 / 5;
        var start = (long)chunk * Manifest.ChunkSize;
        var page = (start + pageBytes - 1) / pageBytes;
        var offset = (page * pageBytes) - start;
        var begins = offset < Math.Min(Manifest.ChunkSize, Length - start);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[16..], begins ? (ushort)offset : SeekPoint.None);
        var sample = (ulong)((begins ? page : page - 1) * PageSamples);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[18..], (uint)sample);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[22..], (ushort)(sample >> 32));
    }
}
