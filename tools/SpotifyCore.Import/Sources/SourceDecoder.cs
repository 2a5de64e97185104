using System.Globalization;
using System.Runtime.InteropServices;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Import.Measuring;
using SpotifyCore.Import.Parts;

namespace SpotifyCore.Import.Sources;

/// <summary>Decodes a source and measures its loudness.</summary>
internal static class SourceDecoder
{
    // Says so at the end of each form of sound that goes through it: of one that changes inside, more than once.
    private const string ChangeReport = "ebur128=framelog=verbose";

    private const int MeasuredBytes = 64 * 1024;

    private static readonly TimeSpan LengthTolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>Decodes to 48 kHz and 16 bit: mono stays mono, more than two channels are mixed down to two.</summary>
    /// <exception cref="SourceException">Nothing can be decoded.</exception>
    public static async Task<DecodedSource> DecodeAsync(
        SourceProgress progress, SourceFacts facts, Scratch scratch, CancellationToken cancellationToken)
    {
        var sound = facts.Sound;
        if (sound.Flac is { } flac)
        {
            if (await DecodeAsync(flac, progress, sound, scratch, cancellationToken) is { } decoded)
                return decoded;

            // ffmpeg goes on over damage, and does not always say so.
            sound = sound with { IsIncomplete = true };
        }

        // What begins as mono and changes is music in stereo behind an announcement; what changes in rate is resampled
        // by ffmpeg, which follows it.
        return await DecodeAsync(sound.Channels, true, progress, sound, scratch, cancellationToken)
            ?? (await DecodeAsync(2, false, progress, sound, scratch, cancellationToken))!;
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

        var damage = MediaReport.FindDamage(report);
        var isDamaged = damage.Count > 0 || failed > 0 || sound.IsIncomplete;
        var decoded = await FinishAsync(writer, isDamaged, sound.Declared, progress, cancellationToken);
        return decoded with { Detail = string.Join("; ", damage) };
    }

    // Null where it is damaged.
    private static async Task<DecodedSource?> DecodeAsync(
        FlacSound flac,
        SourceProgress progress,
        SoundParts sound,
        Scratch scratch,
        CancellationToken cancellationToken)
    {
        using var writer = new PcmWriter(sound.Channels, isFloat: false, scratch, progress);
        try
        {
            await using var file = File.OpenRead(progress.Source.Path);
            var form = sound.All[0].FormOf(sound.Channels, isFloat: false, isSteady: true);
            await using var samples = new FlacStream(file, flac, form);
            await TakeAsync(samples, form, writer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return writer.Length == 0
            ? null
            : await FinishAsync(writer, isDamaged: false, sound.Declared, progress, cancellationToken);
    }

    private static async Task<DecodedSource> FinishAsync(
        PcmWriter writer,
        bool isDamaged,
        TimeSpan? declared,
        SourceProgress progress,
        CancellationToken cancellationToken)
    {
        var pcm = await writer.FinishAsync(cancellationToken);
        try
        {
            progress.Spooled(pcm);
            return new DecodedSource(
                pcm, Measure(pcm, cancellationToken), FindWarnings(isDamaged, declared, pcm));
        }
        catch
        {
            pcm.Dispose();
            throw;
        }
    }

    private static Loudness Measure(PcmSpool pcm, CancellationToken cancellationToken)
    {
        var meter = new LoudnessMeter(pcm.Channels);
        var block = new byte[MeasuredBytes];
        var frame = sizeof(short) * pcm.Channels;
        int read;
        for (var at = 0L; at < pcm.Samples * frame; at += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = pcm.Read(at, block) / frame * frame;
            if (read == 0)
                throw new EndOfStreamException("The samples on disk end early.");

            meter.Add(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, read)));
        }

        return meter.Finish();
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

    private static string[] Arguments(string[] options, string input, int stream, string filters, PcmForm form) =>
    [
        "-hide_banner", "-nostats", "-v", "level+info", "-threads", "1", .. options, "-i", input, "-filter_complex",
        $"[0:{stream}]{filters},asplit[pcm][watched];[watched]{ChangeReport},anullsink",
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
