using System.Globalization;
using SpotifyCore.SideBySide.Coding;
using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Importing;

/// <summary>
/// The importer, as a whole process with the ffmpeg that it starts, beside ffmpeg that decodes and measures the same
/// files in one pass and three runs of opusenc for each; in CPU seconds a minute of sound. Every round has files of its
/// own, as a file that is known is not imported again. Files of a quick run are so short that what processes cost to
/// start would decide: there, what the same side takes of files of a second each is taken off, sound and CPU.
/// </summary>
internal sealed class ImportSuite : ISuite
{
    private const int Files = 2;
    private const int BriefSeconds = 1;
    private static readonly Measure Measured = new("import", "CPU-s/min of sound");
    private static readonly int[] KilobitsPerSecond = [96, 160, 320];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [Measured.Name];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var (seconds, lessSeconds) = session.Plan.IsQuick ? (12, BriefSeconds) : (180, 0);
        await using var library = await ImportLibrary.StartAsync(session.Plan.PathOf("library"), cancellationToken);
        var (music, brief) = (session.Plan.PathOf("music"), session.Plan.PathOf("brief"));
        await session.CompareAsync(
            new Trial(Measured)
            {
                PrepareRound = round =>
                {
                    Compose(music, seconds, round);
                    Compose(brief, lessSeconds, round);
                },
                Ours = SubjectOf("importer", library.ImportAsync),
                References = [SubjectOf(References.ImportTools, EncodeAsync)],
            },
            cancellationToken);

        Subject SubjectOf(string name, Func<string, CancellationToken, Task<double>> spend) => new(
            name,
            async cancelled =>
            {
                var less = lessSeconds > 0 ? await spend(brief, cancelled) : 0;
                return [(await spend(music, cancelled) - less) / (Files * (seconds - lessSeconds) / 60.0)];
            });
    }

    private static void Compose(string music, int seconds, int round)
    {
        Directory.CreateDirectory(music);
        for (var i = 0; i < Files; i++)
            TestSound.Write(Path.Combine(music, $"{i}.wav"), seconds, (round * Files) + i);
    }

    private static async Task<double> EncodeAsync(string music, CancellationToken cancellationToken)
    {
        var (spent, decoded, encoded) = (0.0, music + ".pcm", music + ".opus");
        for (var i = 0; i < Files; i++)
        {
            spent += await RunAsync(Decode(Path.Combine(music, $"{i}.wav"), decoded), cancellationToken);
            foreach (var rate in KilobitsPerSecond)
                spent += await RunAsync(Encode(decoded, rate, encoded), cancellationToken);
        }

        return spent;
    }

    private static async Task<double> RunAsync(string[] command, CancellationToken cancellationToken) =>
        (await ToolRun.RunAsync(command, cancellationToken)).CpuSeconds;

    private static string[] Decode(string source, string decoded) =>
    [
        "ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", "-i", source, "-filter_complex",
        "[0:a]aformat=sample_fmts=s16:sample_rates=48000,asplit[pcm][measured];"
            + "[measured]ebur128=peak=true:framelog=verbose,anullsink",
        "-map", "[pcm]", "-f", "s16le", decoded,
    ];

    private static string[] Encode(string decoded, int kilobitsPerSecond, string encoded) =>
    [
        "opusenc", "--quiet", "--raw", "--raw-rate", "48000", "--raw-chan", "2", "--bitrate",
        kilobitsPerSecond.ToString(CultureInfo.InvariantCulture), decoded, encoded,
    ];
}
