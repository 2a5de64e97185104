using SpotifyCore.Client.Catalogue;

namespace SpotifyCore.Client.Offline;

/// <summary>What the files that are kept may take, beside the cache. Safe for many threads.</summary>
/// <param name="directory">On whose disk they lie.</param>
/// <param name="limit">Bytes that they may have; 0 for what the disk has.</param>
/// <param name="bitsPerSecond">The quality in which they come.</param>
internal sealed class OfflineRoom(string directory, long limit, int bitsPerSecond)
{
    /// <summary>What stays free on the disk.</summary>
    private const long LeftFree = 512L << 20;

    /// <summary>Bytes that the files may have in all.</summary>
    /// <param name="held">What they have now.</param>
    public long MaxBytes(long held)
    {
        var most = held + Math.Max(0, Free - LeftFree);
        return limit > 0 ? Math.Min(limit, most) : most;
    }

    /// <summary>About how much a track takes: rates vary, and a file has pages.</summary>
    public long Estimate(TrackInfo track) => (long)(track.Duration.TotalSeconds * bitsPerSecond / 8 * 1.03);

    /// <summary>Why so much more has no room, as a sentence; empty where it has.</summary>
    /// <param name="held">What the files have now.</param>
    /// <param name="more">What is to come.</param>
    public string Refusal(long held, long more)
    {
        if (limit > 0 && held + more > limit)
        {
            return $"There is no room for it: it takes about {Megabytes(more)} MB, and {Megabytes(Math.Max(0, limit - held))}"
                + $" MB are left of the {Megabytes(limit)} MB for offline music (OfflineBytes).";
        }

        return more > Free - LeftFree
            ? $"There is no room for it: it takes about {Megabytes(more)} MB, and the disk has {Megabytes(Free)} MB free, of which"
                + $" {Megabytes(LeftFree)} MB stay so."
            : "";
    }

    private long Free
    {
        get
        {
            try
            {
                return new DriveInfo(directory).AvailableFreeSpace;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return 0; // A disk that says nothing is written to no more.
            }
        }
    }

    private static long Megabytes(long bytes) => (bytes + 500_000) / 1_000_000;
}
