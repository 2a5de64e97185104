using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Buffering;

/// <summary>
/// Judges whether enough music lies ahead: to begin to sound, or to go on giving to peers. First form: the rate at
/// which the play's chunks have come so far is taken to last. Stateless.
/// </summary>
/// <param name="options">The marks.</param>
internal sealed class BufferModel(BufferOptions options)
{
    /// <summary>True when a play may begin to sound without running dry, as far as one can tell.</summary>
    /// <param name="download">What is fetched for it.</param>
    /// <param name="fedTo">The first chunk from the playback point on that the player does not have.</param>
    /// <param name="paced">True when the output takes samples at the pace they sound.</param>
    /// <param name="now">The time.</param>
    public bool MayStart(Download download, uint fedTo, bool paced, Instant now)
    {
        var (manifest, point) = (download.Manifest, download.Point);
        if (fedTo <= point.Chunk)
            return false;

        if (fedTo == manifest.ChunkCount || !paced)
            return true;

        return Music(download, fedTo) >= options.LeastStart
            && Music(download, download.Frontier) >= Required(download, now);
    }

    /// <summary>True when a sounding play has less ahead than the low mark and is not all here.</summary>
    public bool IsLow(Download download, Instant now) =>
        download.Sounds
        && download.Point.Pace != PlaybackPace.Unpaced
        && download.Frontier < download.Manifest.ChunkCount
        && download.Ahead(now) < options.LowMark;

    /// <summary>Music that must be here to begin, given how fast it has come.</summary>
    private TimeSpan Required(Download download, Instant now)
    {
        var manifest = download.Manifest;
        var needed = manifest.BitsPerSecond / 8.0 * options.SafeSpeedFactor;
        var rate = download.ArrivalRate(now);
        var frontier = download.Frontier;
        if (rate >= needed || frontier == manifest.ChunkCount)
            return TimeSpan.Zero;

        // While the rest plays, a share of it goes missing; that much must be here beforehand.
        var rest = Music(download, manifest.ChunkCount);
        var shortfall = rest * (1 - (rate / needed));
        return shortfall < options.MostStart ? shortfall : options.MostStart;
    }

    private static TimeSpan Music(Download download, uint chunk)
    {
        var samples = PlaybackPoint.FirstSampleOf(download.Manifest, chunk) - download.Point.Sample;
        return new TimeSpan(Math.Max(0, samples * TimeSpan.TicksPerSecond / 48_000));
    }
}
