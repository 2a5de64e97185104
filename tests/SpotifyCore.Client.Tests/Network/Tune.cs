using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A track that was imported, and what of it must be heard.</summary>
/// <param name="Id">The track.</param>
/// <param name="Manifest">Its only file.</param>
/// <param name="Sealed">The file's sealed bytes.</param>
/// <param name="Heard">Its samples as decoded at once, both channels, 16 bit.</param>
internal sealed record Tune(TrackId Id, Manifest Manifest, byte[] Sealed, short[] Heard)
{
    public TimeSpan Duration => TimeSpan.FromSeconds(Manifest.Samples / 48_000.0);

    public ReadOnlyMemory<byte> Chunk(uint index) =>
        Sealed.AsMemory((int)index * Manifest.ChunkSize, Manifest.LengthOf(index));
}
