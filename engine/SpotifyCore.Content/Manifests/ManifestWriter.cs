using System.Buffers.Binary;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Manifests;

/// <summary>Builds the manifest of a new file, chunk by chunk in order.</summary>
public sealed class ManifestWriter
{
    private readonly List<(ChunkHash Hash, SeekPoint Point)> _chunks = [];
    private long _length;
    private bool _ended;

    /// <summary>Takes the next sealed chunk and where decoding can begin in it.</summary>
    /// <exception cref="InvalidOperationException">A chunk shorter than 16 KiB was not the last.</exception>
    public void Add(ReadOnlySpan<byte> sealedChunk, SeekPoint point)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sealedChunk.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sealedChunk.Length, Manifest.ChunkSize);
        if (_ended)
            throw new InvalidOperationException("Only the last chunk may be short.");

        _ended = sealedChunk.Length < Manifest.ChunkSize;
        _length += sealedChunk.Length;
        _chunks.Add((ChunkHash.Of(sealedChunk), point));
    }

    /// <summary>Makes the manifest of the chunks taken.</summary>
    public Manifest Finish(in AudioProperties audio)
    {
        var bytes = new byte[Manifest.HeaderSize + (_chunks.Count * Manifest.EntrySize)];
        WriteHeader(bytes, audio);
        for (var i = 0; i < _chunks.Count; i++)
            WriteEntry(bytes.AsSpan(Manifest.HeaderSize + (i * Manifest.EntrySize)), _chunks[i]);

        return ManifestReader.TryRead(bytes, out var manifest)
            ? manifest
            : throw new InvalidOperationException("The chunks and properties do not make a valid manifest.");
    }

    private void WriteHeader(Span<byte> header, in AudioProperties audio)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, ManifestReader.Magic);
        BinaryPrimitives.WriteInt64LittleEndian(header[4..], _length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], audio.BitsPerSecond);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], audio.Samples);
        BinaryPrimitives.WriteUInt16LittleEndian(header[24..], audio.PreSkip);
        BinaryPrimitives.WriteSingleLittleEndian(header[28..], audio.TrackGain);
        BinaryPrimitives.WriteSingleLittleEndian(header[32..], audio.TrackPeak);
        audio.Track.Write(header[36..]);
    }

    private static void WriteEntry(Span<byte> entry, (ChunkHash Hash, SeekPoint Point) chunk)
    {
        chunk.Hash.Write(entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[16..], chunk.Point.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[18..], (uint)chunk.Point.Sample);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[22..], (ushort)(chunk.Point.Sample >> 32));
    }
}
