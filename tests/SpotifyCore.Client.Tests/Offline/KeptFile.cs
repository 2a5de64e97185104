using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>A file of random bytes, as it is kept.</summary>
internal sealed record KeptFile(Manifest Manifest, byte[] Sealed)
{
    /// <summary>Four chunks and a part of one.</summary>
    public static KeptFile Make(int seed = 1)
    {
        var bytes = new byte[(4 * Manifest.ChunkSize) + 1_234];
        new Random(seed).NextBytes(bytes);
        var writer = new ManifestWriter();
        for (var at = 0; at < bytes.Length; at += Manifest.ChunkSize)
            writer.Add(bytes.AsSpan(at, Math.Min(Manifest.ChunkSize, bytes.Length - at)), new SeekPoint(0, (ulong)at));

        return new KeptFile(writer.Finish(new AudioProperties(new TrackId(7), 160_000, 480_000, 312, -6, 0.9f)), bytes);
    }

    public ChunkId IdOf(uint chunk) => new(Manifest.File, chunk);

    public ReadOnlyMemory<byte> Chunk(uint chunk) =>
        Sealed.AsMemory((int)chunk * Manifest.ChunkSize, Manifest.LengthOf(chunk));
}
