using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>The one file that every server serves: 64 MiB that look like sealed chunks.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Manifest">Its manifest.</param>
internal sealed record ServedFile(string Path, Manifest Manifest)
{
    /// <summary>Chunks in it.</summary>
    public const int Chunks = 4_096;

    /// <summary>
    /// The first chunk that is asked for: from here on the byte numbers of a range have the same number of digits, so
    /// that all requests and all replies have one length.
    /// </summary>
    public const int FirstAsked = 640;

    /// <summary>Makes it in a directory of its own: the same bytes each time.</summary>
    public static ServedFile In(string work)
    {
        var directory = Directory.CreateDirectory(System.IO.Path.Combine(work, "served"));
        var path = System.IO.Path.Combine(directory.FullName, "data");
        var writer = new ManifestWriter();
        var chunk = new byte[Manifest.ChunkSize];
        var random = new Random(1);
        using var file = File.Create(path);
        for (var i = 0; i < Chunks; i++)
        {
            random.NextBytes(chunk);
            file.Write(chunk);
            writer.Add(chunk, new SeekPoint(0, (ulong)i * 19_200));
        }

        return new ServedFile(
            path, writer.Finish(new AudioProperties(new TrackId(1), 160_000, Chunks * 19_200L, 312, -7, 1)));
    }
}
