using System.Globalization;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>libtorrent's side that fetches, all of it anew each time.</summary>
/// <param name="seeder">Who gives.</param>
/// <param name="fetched">The folder into which it comes.</param>
/// <param name="leecher">The process.</param>
internal sealed class Torrent(TorrentSeeder seeder, string fetched, ServerProcess leecher) : IAsyncDisposable
{
    // Debian's: the library is of its package.
    private const string Python = "/usr/bin/python3";

    /// <summary>The process.</summary>
    public int Process => leecher.Id;

    /// <summary>How to start a side of it.</summary>
    public static string[] Command(params IEnumerable<string> arguments) =>
        [Python, Programs.Native("torrent.py"), .. arguments];

    /// <summary>Starts who fetches.</summary>
    /// <param name="seeder">Who gives.</param>
    /// <param name="fetched">The folder into which it comes.</param>
    /// <param name="encryption"><c>plain</c> or <c>rc4</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Torrent> StartAsync(
        TorrentSeeder seeder, string fetched, string encryption, CancellationToken cancellationToken)
    {
        var leecher = ServerProcess.StartReader(Command("leech", fetched, seeder.File, seeder.Port, encryption));
        var torrent = new Torrent(seeder, fetched, leecher);
        try
        {
            await leecher.ReadLineAsync(cancellationToken);
            return torrent;
        }
        catch
        {
            await torrent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fetches all of it, each piece checked, and waits until it is on the disk.</summary>
    public async Task<Transfer> FetchAsync(CancellationToken cancellationToken)
    {
        var before = ProcessorTime.Of(seeder.Process, leecher.Id);
        await leecher.Input.WriteLineAsync("fetch".AsMemory(), cancellationToken);
        await leecher.Input.FlushAsync(cancellationToken);
        var seconds = double.Parse(await leecher.ReadLineAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new Transfer(seconds, ProcessorTime.Of(seeder.Process, leecher.Id) - before);
    }

    /// <summary>The files that it has fetched.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(fetched, "*", SearchOption.AllDirectories);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => leecher.DisposeAsync();
}
