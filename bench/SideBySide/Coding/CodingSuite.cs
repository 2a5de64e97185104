using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Coding;

/// <summary>
/// A WAV file to an Ogg Opus file of 160 kbps by the engine's writer and by opusenc, and that file to WAV by the
/// engine's decoder and by opusdec, the tools as whole processes; in seconds of sound a CPU second.
/// </summary>
internal sealed class CodingSuite : ISuite
{
    private const int BitsPerSecond = 160_000;
    private const int ChunkBytes = 16_384;
    private const string Encoding = "encode";
    private const string Decoding = "decode";
    private const string Unit = "s of sound/CPU-s";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [Encoding, Decoding];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var seconds = session.Plan.IsQuick ? 20 : 120;
        var (wav, opus, back) = (
            session.Plan.PathOf("sound.wav"), session.Plan.PathOf("sound.opus"), session.Plan.PathOf("back.wav"));
        TestSound.Write(wav, seconds, seed: 1);
        Encode(wav, opus);
        Subject Ours(Action work) => new("codec", _ => Task.FromResult<double[]>([seconds / TimeOf(work)]))
        {
            Process = Environment.ProcessId,
        };
        Subject Tool(string name, params string[] arguments) => new(name, async cancelled =>
            [seconds / (await ToolRun.RunAsync(Cores.Pin(Cores.Client, name, arguments), cancelled)).CpuSeconds]);

        await session.CompareAsync(
            new Trial(new Measure(Encoding, Unit))
            {
                Ours = Ours(() => Encode(wav, opus)),
                References =
                    [Tool(References.Opusenc, "--quiet", "--bitrate", "160", wav, session.Plan.PathOf("theirs.opus"))],
            },
            cancellationToken);
        await session.CompareAsync(
            new Trial(new Measure(Decoding, Unit))
            {
                Ours = Ours(() => Decode(opus, back)),
                References =
                    [Tool(References.Opusdec, "--quiet", "--no-dither", opus, session.Plan.PathOf("theirs.wav"))],
            },
            cancellationToken);
    }

    private static double TimeOf(Action work)
    {
        var before = ProcessorTime.OfThisProcess;
        work();
        return ProcessorTime.OfThisProcess - before;
    }

    private static void Encode(string wav, string opus)
    {
        var codec = OpusCodecs.Native;
        using var encoder = codec.CreateEncoder(TestSound.Channels, BitsPerSecond);
        using var file = File.Create(opus);
        var writer = new OpusFileWriter(file, encoder, OpusStreamInfo.For(new TrackId(1), codec));
        writer.Write(TestSound.Read(wav));
        writer.Finish();
    }

    private static void Decode(string opus, string wav)
    {
        using var decoder = OpusCodecs.Native.CreateDecoder(TestSound.Channels);
        using var file = File.OpenRead(opus);
        using var output = new WavOutput(wav);
        var track = new OpusTrackDecoder(decoder);
        var chunk = new byte[ChunkBytes];
        for (int read; (read = file.Read(chunk)) > 0;)
        {
            for (var taken = 0; taken < read;)
            {
                taken += track.Push(chunk.AsSpan(taken, read - taken));
                while (track.TryRead(out var interleaved))
                    output.Write(interleaved);
            }
        }
    }
}
