using System.Globalization;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>libtorrent's side that gives.</summary>
internal sealed class TorrentSeeder : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private TorrentSeeder(string file, string port, ServerProcess process) =>
        (File, Port, _process) = (file, port, process);

    /// <summary>The torrent file.</summary>
    public string File { get; }

    /// <summary>Where it listens.</summary>
    public string Port { get; }

    /// <summary>The process.</summary>
    public int Process => _process.Id;

    /// <summary>Makes a torrent of a folder and serves it.</summary>
    public static Task<TorrentSeeder> StartAsync(
        string folder, string file, CancellationToken cancellationToken) => LoopbackPort.StartAsync(async port =>
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        var process = ServerProcess.Start(Torrent.Command("seed", folder, file, text));
        var seeder = new TorrentSeeder(file, text, process);
        try
        {
            await process.ReadLineAsync(cancellationToken);
            await process.WhenListeningAsync(port, cancellationToken);
            return seeder;
        }
        catch
        {
            await seeder.DisposeAsync();
            throw;
        }
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
