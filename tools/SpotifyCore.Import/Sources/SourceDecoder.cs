using System.Globalization;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Import.Sources;

/// <summary>Decodes a source with ffmpeg and measures its loudness, both in one pass where it has one form.</summary>
internal static class SourceDecoder
{
    // The filter's measure ends at 10 LUFS.
    private const float LeastMeasuredScale = 0.5f;

    private static readonly TimeSpan LengthTolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>Decodes to 48 kHz and 16 bit: mono stays mono, more than two channels are mixed down to two.</summary>
    /// <exception cref="SourceException">Nothing can be decoded.</exception>
    public static async Task<DecodedSource> DecodeAsync(
        SourceProgress progress, SourceFacts facts, Scratch scratch, CancellationToken cancellationToken)
    {
        // What begins as mono and changes is music in stereo behind an announcement; what changes in rate is resampled
        // by ffmpeg, which follows it.
        var channels = facts.Sound.Channels;
        return await DecodeAsync(channels, true, progress, facts.Sound, scratch, cancellationToken)
            ?? (await DecodeAsync(2, false, progress, facts.Sound, scratch, cancellationToken))!;
    }

    // Null where it is to be steady, and has to be for what becomes of it, and its form changes.
    private static async Task<DecodedSource?> DecodeAsync(
        int channels,
        bool isSteady,
        SourceProgress progress,
        SoundParts sound,
        Scratch scratch,
        CancellationToken cancellationToken)
    {
        using var writer = new PcmWriter(channels, sound.IsFloat, scratch, progress);
        List<string> report = [];
        var (failed, isChanged) = (0, false);
        foreach (var part in sound.All)
        {
            var form = part.FormOf(channels, sound.IsFloat, isSteady);
            var run = await RunAsync(part, form, writer, cancellationToken);
            if (writer.Length == 0 && part.Stream.IsLongFlac)
                run = await RunFlacAsync(part, form, progress.Source, writer, cancellationToken);

            report.AddRange(run.Report);
            isChanged |= MediaReport.HasChange(run.Report, form.Rate);
            if (isChanged && isSteady && (channels == 1 || form.Rate != OpusFormat.SampleRate))
                return null;

            // ffmpeg goes on over damage and then succeeds; a failure may have cut the sound anywhere.
            failed += run.ExitCode == 0 ? 0 : 1;
            if (failed == sound.All.Count)
                throw new SourceException("it is damaged, or of a kind that ffmpeg does not know", run.LastWords);
        }

        if (writer.Length == 0)
            throw new SourceException("there is no sound in it that can be decoded");

        var pcm = await writer.FinishAsync(cancellationToken);
        try
        {
            progress.Spooled(pcm);
            var loudness = isChanged || sound.All.Count > 1 || pcm.Scale < LeastMeasuredScale
                ? await LoudnessMeter.MeasureAsync(pcm, cancellationToken)
                : MediaReport.FindLoudness(report).Scaled(pcm.Scale);
            var damage = MediaReport.FindDamage(report);
            var isDamaged = damage.Count > 0 || failed > 0 || sound.IsIncomplete;
            return new DecodedSource(pcm, loudness, FindWarnings(isDamaged, sound.Declared, pcm))
            {
                Detail = string.Join("; ", damage),
            };
        }
        catch
        {
            pcm.Dispose();
            throw;
        }
    }

    private static Task<MediaToolResult> RunAsync(
        SoundPart part, PcmForm form, PcmWriter writer, CancellationToken cancellationToken) =>
        MediaTool.RunAsync(
            "ffmpeg",
            Arguments(["-nostdin"], part.Input, part.Stream.Index, part.FiltersTo(form), form),
            output => TakeAsync(output, form, writer, cancellationToken),
            cancellationToken);

    // ffmpeg before version 6 gives nothing of it: the format's own program does.
    private static async Task<MediaToolResult> RunFlacAsync(
        SoundPart part, PcmForm form, SourceFile source, PcmWriter writer, CancellationToken cancellationToken)
    {
        string[] decode =
            ["-d", "-c", "-s", "--force-raw-format", "--endian=little", "--sign=signed", "--", source.Path];
        string[] raw = ["-f", "s32le", "-ar", $"{part.Stream.Rate}", "-ac", $"{part.Stream.Channels}"];
        try
        {
            return await MediaTool.RunAsync(
                "ffmpeg",
                Arguments(raw, "pipe:0", 0, part.FiltersTo(form), form),
                input => MediaTool.RunAsync(
                    "flac", decode, output => output.CopyToAsync(input, cancellationToken), cancellationToken),
                output => TakeAsync(output, form, writer, cancellationToken),
                cancellationToken);
        }
        catch (ToolMissingException missing)
        {
            throw new SourceException("it is FLAC of 32 bit, which this ffmpeg does not decode", missing.Message);
        }
    }

    private static async Task TakeAsync(
        Stream output, PcmForm form, PcmWriter writer, CancellationToken cancellationToken)
    {
        if (form.Rate == OpusFormat.SampleRate)
        {
            await writer.AppendAsync(output, cancellationToken);
            return;
        }

        await using var resampled = new ResamplingStream(output, form, writer.IsFloat);
        await writer.AppendAsync(resampled, cancellationToken);
    }

    // The measured branch hears what is encoded, before it is cut to 16 bit.
    private static string[] Arguments(string[] options, string input, int stream, string filters, PcmForm form) =>
    [
        "-hide_banner", "-nostats", "-v", "level+info", "-threads", "1", .. options, "-i", input, "-filter_complex",
        $"[0:{stream}]{filters},asplit[pcm][measured];[measured]{LoudnessMeter.FiltersAt(form.Rate)},anullsink",
        "-map", "[pcm]", "-f", form.IsFloat ? "f32le" : "s16le", "pipe:1",
    ];

    private static List<string> FindWarnings(bool isDamaged, TimeSpan? declared, PcmSpool pcm)
    {
        List<string> warnings = [];
        if (isDamaged)
            warnings.Add("parts of it are damaged; what could be decoded is imported");
        if (declared is { } length && length - pcm.Duration > LengthTolerance + (length / 200))
            warnings.Add($"it ends early: {Format(pcm.Duration)} of {Format(length)} could be decoded");

        return warnings;
    }

    private static string Format(TimeSpan length) => length.ToString(@"h\:mm\:ss\.f", CultureInfo.InvariantCulture);
}
