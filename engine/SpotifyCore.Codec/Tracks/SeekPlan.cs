using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Codec.Tracks;

/// <summary>From where a file is read on so that a sample sounds right.</summary>
/// <param name="Sample">The sample that is heard first; 0 is the first of the track.</param>
/// <param name="Chunk">The chunk that reading begins with.</param>
/// <param name="Offset">Bytes of that chunk to leave aside.</param>
/// <param name="PageSample">The stream's sample, pre-skip included, at which the page there begins.</param>
public readonly record struct SeekPlan(long Sample, uint Chunk, int Offset, ulong PageSample)
{
    /// <summary>Samples that are decoded and dropped before the wanted one: 80 ms (RFC 7845 section 4.6).</summary>
    public const int PreRoll = 3_840;

    /// <summary>Plans the way to <paramref name="sample"/>, the track's end at the latest.</summary>
    public static SeekPlan For(Manifest manifest, long sample)
    {
        sample = Math.Clamp(sample, 0, manifest.Samples);
        var target = sample + manifest.PreSkip;
        var chunk = manifest.ChunkAt((ulong)Math.Max(0, target - PreRoll));
        var point = manifest.SeekPointOf(chunk);
        return new SeekPlan(sample, chunk, point.Offset, point.Sample);
    }
}
