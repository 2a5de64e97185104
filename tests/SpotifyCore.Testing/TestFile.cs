using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Testing;

/// <summary>A file of random chunks with a true manifest; no audio. The same seed gives the same file.</summary>
public sealed class TestFile
{
    private readonly byte[] _bytes;

    private TestFile(byte[] bytes, Manifest manifest)
    {
        _bytes = bytes;
        Manifest = manifest;
    }

    public Manifest Manifest { get; }

    public FileId Id => Manifest.File;

    public static TestFile Create(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        var writer = new ManifestWriter();
        for (var offset = 0; offset < length; offset += Manifest.ChunkSize)
        {
            var chunk = bytes.AsSpan(offset, Math.Min(Manifest.ChunkSize, length - offset));
            writer.Add(chunk, new SeekPoint(0, (ulong)offset));
        }

        var audio = new AudioProperties(new TrackId((UInt128)(uint)seed), 160_000, length, 312, -6.5f, 0.98f);
        return new TestFile(bytes, writer.Finish(audio));
    }

    public ChunkId Chunk(uint index) => new(Id, index);

    public ReadOnlyMemory<byte> Bytes(uint index) =>
        _bytes.AsMemory((int)index * Manifest.ChunkSize, Manifest.LengthOf(index));
}
