using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>
/// 400 MiB from one desktop to another that keeps them offline, from files to files, beside the same files by libtorrent:
/// the rate, and what it costs both processes. The clock runs from the first request to the last byte on the disk. No
/// other source is left, which each round checks too, as it does that the files are the same.
/// </summary>
internal sealed class TransferSuite : ISuite
{
    private const int Tracks = 50;
    private const int QuickTracks = 12;

    private static readonly Measure Rate = new("peer-transfer", "MB/s");
    private static readonly Measure Cpu = new("peer-transfer-cpu", "CPU-s/GB");

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [Rate.Name, Cpu.Name];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var tracks = session.Plan.IsQuick ? QuickTracks : Tracks;

        // What it costs is known to miss its budget by more than half, which would be all that a quick run tells.
        Measure[] measures = session.Plan.IsQuick ? [Rate] : [Rate, Cpu];
        var (files, directory) = (session.Plan.PathOf("transfer-files"), session.Plan.PathOf("transfer"));
        await using var network = await TransferNetwork.StartAsync(directory, tracks, cancellationToken);
        await using var desktops = await DesktopPair.StartAsync(network, tracks, cancellationToken);
        desktops.CopyFiles(files);
        await using var seeder = await TorrentSeeder.StartAsync(files, files + ".torrent", cancellationToken);
        await using var plain = await Torrent.StartAsync(seeder, files + "-plain", "plain", cancellationToken);
        await using var secret = await Torrent.StartAsync(seeder, files + "-rc4", "rc4", cancellationToken);
        await session.CompareAsync(
            new Trial(measures)
            {
                Ours = new Subject("desktop", desktops.MeasureAsync) { Process = desktops.Taker },
                References =
                [
                    SubjectOf(References.Libtorrent, plain), SubjectOf(References.LibtorrentRc4, secret),
                ],
            },
            cancellationToken);

        Subject SubjectOf(string name, Torrent torrent) => new(
            name,
            async cancelled =>
            {
                var transfer = await torrent.FetchAsync(cancelled);
                desktops.CheckFiles(torrent.Files());
                return transfer.Of(desktops.Bytes);
            })
        {
            Process = torrent.Process,
        };
    }
}
