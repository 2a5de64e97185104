using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Core.Tests;

/// <summary>
/// A track with a true manifest: constant rate, pages of 200 ms, so that seek points lie where an import puts them.
/// </summary>
public sealed class TestTrack
{
    private static readonly Dictionary<(int, int, int), Manifest> Made = [];

    private TestTrack(TrackId id, Manifest manifest) => (Id, Manifest) = (id, manifest);

    public TrackId Id { get; }

    public Manifest Manifest { get; }

    public static TestTrack Create(int seed, int seconds, int bitsPerSecond = 160_000)
    {
        Manifest manifest;
        lock (Made)
        {
            if (!Made.TryGetValue((seed, seconds, bitsPerSecond), out manifest!))
                Made[(seed, seconds, bitsPerSecond)] = manifest = Write(seed, seconds, bitsPerSecond);
        }

        return new TestTrack(manifest.Track, manifest);
    }

    private static Manifest Write(int seed, int seconds, int bitsPerSecond)
    {
        const int PreSkip = 312;
        const int PageSamples = 9_600;
        var length = (long)seconds * bitsPerSecond / 8;
        var pageBytes = (long)bitsPerSecond / 8 / 5;
        var random = new SeededRandom((ulong)seed + 1);
        var writer = new ManifestWriter();
        var chunk = new byte[Manifest.ChunkSize];
        for (long start = 0; start < length; start += Manifest.ChunkSize)
        {
            BitConverter.TryWriteBytes(chunk, random.Next());
            var size = (int)Math.Min(Manifest.ChunkSize, length - start);
            var page = (start + pageBytes - 1) / pageBytes;
            var offset = (page * pageBytes) - start;
            var point = offset < size
                ? new SeekPoint((ushort)offset, (ulong)(page * PageSamples))
                : new SeekPoint(SeekPoint.None, (ulong)((page - 1) * PageSamples));
            writer.Add(chunk.AsSpan(0, size), point);
        }

        var track = new TrackId((UInt128)(uint)seed + 1);
        var samples = (seconds * 48_000L) - PreSkip;
        return writer.Finish(new AudioProperties(track, bitsPerSecond, samples, PreSkip, -5, 0.9f));
    }
}
