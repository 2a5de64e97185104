using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Micro.Storage;

/// <summary>Manifests of files whose chunks are all <see cref="Chunks.Payload"/>.</summary>
internal static class Manifests
{
    public static Manifest Of(int chunks)
    {
        var writer = new ManifestWriter();
        for (var i = 0; i < chunks; i++)
            writer.Add(Chunks.Payload, new SeekPoint(0, (ulong)i * 19_200));

        return writer.Finish(new AudioProperties(new TrackId(1), 160_000, chunks * 19_200L, 312, -7, 1));
    }
}
