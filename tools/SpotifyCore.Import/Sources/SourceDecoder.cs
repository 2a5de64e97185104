using System.Globalization;
using SpotifyCore.Import.Encoding;

namespace SpotifyCore.Import.Sources;

/// <summary>Decodes a source with ffmpeg and measures its loudness, both in one pass.</summary>
internal static class SourceDecoder
{
    private static readonly TimeSpan LengthTolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>Decodes to 48 kHz and 16 bit: mono stays mono, more than two channels are mixed down to two.</summary>
    /// <exception cref="SourceException">Nothing can be decoded.</exception>
    public static async Task<DecodedSource> DecodeAsync(
        SourceProgress progress, SourceFacts facts, Scratch scratch, CancellationToken cancellationToken)
    {
        PcmSpool? pcm = null;
        try
        {
            var run = await MediaTool.RunAsync(
                "ffmpeg",
                Arguments(progress.Source, facts.Channels),
                async output =>
                    pcm = await PcmSpool.FillAsync(output, facts.Channels, scratch, progress, cancellationToken),
                cancellationToken);

            // ffmpeg goes on over damage and then succeeds; a failure may have cut the sound anywhere.
            if (run.ExitCode != 0)
                throw new SourceException("it is damaged, or of a kind that ffmpeg does not know", run.LastWords);

            if (pcm!.Samples == 0)
                throw new SourceException("there is no sound in it that can be decoded");

            progress.Spooled(pcm);
            return new DecodedSource(pcm, MediaReport.FindLoudness(run.Report), FindWarnings(run, facts, pcm))
            {
                Detail = string.Join("; ", MediaReport.FindDamage(run.Report)),
            };
        }
        catch
        {
            pcm?.Dispose();
            throw;
        }
    }

    // The measured branch hears what is encoded: a mono track sounds from two loudspeakers.
    private static string[] Arguments(SourceFile source, int channels)
    {
        var layout = channels == 1 ? "mono" : "stereo";
        var graph = $"[0:a:0]aformat=sample_fmts=s16:sample_rates=48000:channel_layouts={layout},asplit[pcm][measured];"
            + "[measured]ebur128=peak=true:dualmono=true:framelog=verbose,anullsink";
        return
        [
            "-nostdin", "-hide_banner", "-nostats", "-v", "level+info", "-threads", "1", "-i", $"file:{source.Path}",
            "-filter_complex", graph, "-map", "[pcm]", "-f", "s16le", "pipe:1",
        ];
    }

    private static List<string> FindWarnings(MediaToolResult run, SourceFacts facts, PcmSpool pcm)
    {
        List<string> warnings = [];
        if (MediaReport.FindDamage(run.Report).Count > 0)
            warnings.Add("parts of it are damaged; what could be decoded is imported");
        if (facts.Declared is { } declared && declared - pcm.Duration > LengthTolerance + (declared / 200))
            warnings.Add($"it ends early: {Format(pcm.Duration)} of {Format(declared)} could be decoded");

        return warnings;
    }

    private static string Format(TimeSpan length) => length.ToString(@"h\:mm\:ss\.f", CultureInfo.InvariantCulture);
}
