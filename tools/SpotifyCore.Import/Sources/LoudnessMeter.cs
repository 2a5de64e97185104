using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Measures by EBU R128 with ffmpeg's ebur128 filter: beside the decoding where that is one run, else what was decoded.
/// </summary>
internal static class LoudnessMeter
{
    // A mono track is measured as it sounds, from two loudspeakers.
    private const string Filter = "ebur128=peak=true:dualmono=true:framelog=verbose";

    private const int LowestRate = 32_000;
    private const int BlockSize = 64 * 1024;

    /// <summary>
    /// The filters that measure samples of a rate: as it is, unless its sound is far from what 48 kHz will hold of it.
    /// </summary>
    public static string FiltersAt(int rate) =>
        rate is >= LowestRate and <= OpusFormat.SampleRate ? Filter : $"aresample={OpusFormat.SampleRate},{Filter}";

    /// <summary>Measures all samples of a track.</summary>
    public static async Task<Loudness> MeasureAsync(PcmSpool pcm, CancellationToken cancellationToken)
    {
        var run = await MediaTool.RunAsync(
            "ffmpeg",
            [
                "-hide_banner", "-nostats", "-v", "level+info", "-f", "s16le", "-ar", "48000", "-ac", $"{pcm.Channels}",
                "-i", "pipe:0", "-filter_complex", $"[0:a:0]{Filter}", "-f", "null", "-",
            ],
            input => GiveAsync(pcm, input, cancellationToken),
            output => output.CopyToAsync(Stream.Null, cancellationToken),
            cancellationToken);
        return run.ExitCode == 0
            ? MediaReport.FindLoudness(run.Report)
            : throw new SourceException("its loudness can't be measured", run.LastWords);
    }

    private static async Task GiveAsync(PcmSpool pcm, Stream input, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        for (var at = 0L; pcm.Read(at, block) is > 0 and var read; at += read)
            await input.WriteAsync(block.AsMemory(0, read), cancellationToken);
    }
}
