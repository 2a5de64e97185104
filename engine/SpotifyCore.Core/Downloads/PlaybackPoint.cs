using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// Where the playback of a file stands, and so when each of its chunks is needed. Between two reports of the player
/// the point is taken to move on by itself while it sounds in real time.
/// </summary>
/// <param name="Chunk">The first chunk that is not used up.</param>
/// <param name="Sample">The sample that was handed to the output last, pre-skip included.</param>
/// <param name="ReportedAt">When that was so.</param>
/// <param name="Pace">How it moves.</param>
/// <param name="StartsIn">Time until it begins to move: what is left of the track before it.</param>
public readonly record struct PlaybackPoint(
    uint Chunk, long Sample, Instant ReportedAt, PlaybackPace Pace, TimeSpan StartsIn)
{
    /// <summary>No haste at all.</summary>
    public static readonly TimeSpan NoHaste = TimeSpan.MaxValue;

    /// <summary>
    /// The sample, pre-skip included, with which a chunk begins; the file's end for the chunk after the last.
    /// </summary>
    public static long FirstSampleOf(Manifest manifest, uint chunk) => chunk >= manifest.ChunkCount
        ? manifest.PreSkip + manifest.Samples
        : (long)manifest.SeekPointOf(chunk).Sample;

    /// <summary>
    /// Time until a chunk is needed, never below zero; <see cref="NoHaste"/> for one behind the point, and for all once
    /// an output sounds that keeps no time.
    /// </summary>
    public TimeSpan Until(Manifest manifest, uint chunk, Instant now)
    {
        if (chunk < Chunk || Pace == PlaybackPace.Unpaced)
            return NoHaste;

        var ticks = ((FirstSampleOf(manifest, chunk) - Sample) * TimeSpan.TicksPerSecond / 48_000) + StartsIn.Ticks;
        if (Pace == PlaybackPace.Running)
            ticks -= (now - ReportedAt).Ticks;

        return new TimeSpan(Math.Max(0, ticks));
    }

    /// <summary>Music between the point and the start of a chunk, never below zero.</summary>
    public TimeSpan Ahead(Manifest manifest, uint chunk, Instant now)
    {
        var ticks = (FirstSampleOf(manifest, chunk) - Sample) * TimeSpan.TicksPerSecond / 48_000;
        if (Pace == PlaybackPace.Running)
            ticks -= (now - ReportedAt).Ticks;

        return new TimeSpan(Math.Max(0, ticks));
    }

    /// <summary>The chunk after the last one that sounds within <paramref name="span"/> of the point.</summary>
    public uint ChunkAfter(Manifest manifest, TimeSpan span)
    {
        var sample = Sample + (span.Ticks * 48 / (TimeSpan.TicksPerSecond / 1000));
        var after = Math.Max(Chunk, manifest.ChunkAt((ulong)Math.Max(0, sample))) + 1;

        // The last page that sounds within the span may reach over chunks in which none begins.
        while (after < manifest.ChunkCount && manifest.SeekPointOf(after).Offset == SeekPoint.None)
            after++;

        return Math.Min(after, manifest.ChunkCount);
    }
}
