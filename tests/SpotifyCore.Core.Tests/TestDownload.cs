using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Tests;

/// <summary>Downloads of a file whose every chunk sounds for exactly one second.</summary>
internal static class TestDownload
{
    public const int ChunkSamples = 48_000;

    /// <summary>A day after the epoch of the tests' clock.</summary>
    public static readonly Instant Now = new(TimeSpan.TicksPerDay);

    public static Download Create(int chunks = 60, bool sounds = true, PlaybackPace pace = PlaybackPace.Running)
    {
        var download = new Download(new PlayId(1), Write(chunks), Now)
        {
            Sounds = sounds,
            MayAskPeers = true,
            MayAskProduction = true,
        };
        download.Point = PointAt(download.Manifest, 0, sounds ? pace : PlaybackPace.Still);
        return download;
    }

    public static PlaybackPoint PointAt(Manifest manifest, uint chunk, PlaybackPace pace = PlaybackPace.Running) =>
        new(chunk, PlaybackPoint.FirstSampleOf(manifest, chunk), Now, pace, TimeSpan.Zero);

    public static void Hold(this Download download, uint from, uint to)
    {
        for (var i = from; i < to; i++)
            download.Map[i] = ChunkState.Held;
    }

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Manifest Write(int chunks)
    {
        var writer = new ManifestWriter();
        var chunk = new byte[Manifest.ChunkSize];
        for (var i = 0; i < chunks; i++)
            writer.Add(chunk, new SeekPoint(0, (ulong)(i * ChunkSamples)));

        return writer.Finish(new AudioProperties(new TrackId(1), 131_072, chunks * ChunkSamples, 0, 0, 1));
    }
}
