using System.Security.Cryptography;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>
/// A track of 8 MiB, three and a half minutes of 320 kbps, of random bytes: sealed chunks look like that, and nobody who
/// moves or keeps them can tell. One number, one track.
/// </summary>
internal sealed class MadeTrack
{
    /// <summary>Bytes of its file.</summary>
    public const int Length = 8 << 20;

    private const int BitsPerSecond = 320_000;
    private const int SamplesPerSecond = 48_000;
    private const int PreSkip = 312;

    private readonly byte[] _bytes = new byte[Length];

    /// <summary>Makes it.</summary>
    public MadeTrack(int number)
    {
        Number = number;
        new Random(number).NextBytes(_bytes);
        var writer = new ManifestWriter();
        for (var at = 0; at < Length; at += Manifest.ChunkSize)
            writer.Add(_bytes.AsSpan(at, Manifest.ChunkSize), new SeekPoint(0, (ulong)SamplesBefore(at)));

        Hash = SHA256.HashData(_bytes);
        Sound = TrackId.FromHash(Hash);
        Manifest = writer.Finish(new AudioProperties(Sound, BitsPerSecond, SamplesBefore(Length), PreSkip, -6, 0.9f));
    }

    /// <summary>Its place on the album.</summary>
    public int Number { get; }

    /// <summary>SHA-256 of its bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>The recording.</summary>
    public TrackId Sound { get; }

    /// <summary>Its file.</summary>
    public Manifest Manifest { get; }

    /// <summary>A chunk of it.</summary>
    public ReadOnlyMemory<byte> Chunk(uint index) =>
        _bytes.AsMemory((int)index * Manifest.ChunkSize, Manifest.ChunkSize);

    private static long SamplesBefore(long bytes) => bytes * 8 * SamplesPerSecond / BitsPerSecond;
}
