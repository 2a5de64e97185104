using System.Diagnostics;
using System.Security.Cryptography;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>
/// Two desktops: one keeps an album from the start, the other gets it from there, and drops it before the next time.
/// </summary>
internal sealed class DesktopPair : IAsyncDisposable
{
    /// <summary>The share of the bytes that the first has to have given, by what it says.</summary>
    private const double LeastFromPeer = 0.99;

    private readonly KeepingDesktop _giver;
    private readonly KeepingDesktop _taker;
    private readonly string _album;
    private readonly Dictionary<string, string> _hashes;

    private DesktopPair(KeepingDesktop giver, KeepingDesktop taker, string album)
    {
        (_giver, _taker, _album) = (giver, taker, album);
        _hashes = giver.Files().ToDictionary(static file => Path.GetFileName(file), HashOf);
        Bytes = giver.Files().Sum(static file => new FileInfo(file).Length);
    }

    /// <summary>The process of the one that fetches.</summary>
    public int Taker => _taker.Process;

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; }

    /// <summary>Starts both; once the first has all of it no node is left.</summary>
    public static async Task<DesktopPair> StartAsync(
        TransferNetwork network, int tracks, CancellationToken cancellationToken)
    {
        var giver = await network.StartDesktopAsync("anna", cancellationToken);
        try
        {
            var album = await giver.FindAlbumAsync(TransferNetwork.Album, cancellationToken);
            await giver.KeepAsync(album, tracks, cancellationToken);
            await network.StopStorageAsync();
            return new DesktopPair(giver, await network.StartDesktopAsync("berta", cancellationToken), album);
        }
        catch
        {
            await giver.DisposeAsync();
            throw;
        }
    }

    /// <summary>The second gets all of it; gives the rate and what it cost.</summary>
    public async Task<double[]> MeasureAsync(CancellationToken cancellationToken)
    {
        var given = await _giver.CountGivenAsync(cancellationToken);
        var before = ProcessorTime.Of(_giver.Process, _taker.Process);
        var began = Stopwatch.GetTimestamp();
        await _taker.KeepAsync(_album, _hashes.Count, cancellationToken);
        var transfer = new Transfer(
            Stopwatch.GetElapsedTime(began).TotalSeconds, ProcessorTime.Of(_giver.Process, _taker.Process) - before);
        given = await _giver.CountGivenAsync(cancellationToken) - given;
        if (given < LeastFromPeer * Bytes)
            throw new InvalidOperationException($"One desktop gave {given} of the {Bytes} bytes that the other has.");

        CheckFiles(_taker.Files());
        await _taker.RemoveAsync(_album, cancellationToken);
        return transfer.Of(Bytes);
    }

    /// <summary>Copies the files for others to give.</summary>
    public void CopyFiles(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in _giver.Files())
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
    }

    /// <summary>Makes sure that files are those which the first has, all of them.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public void CheckFiles(IEnumerable<string> files)
    {
        var same = files.Count(file => _hashes.GetValueOrDefault(Path.GetFileName(file)) == HashOf(file));
        if (same != _hashes.Count)
            throw new InvalidOperationException($"{same} of {_hashes.Count} files are as they were given.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _taker.DisposeAsync();
        await _giver.DisposeAsync();
    }

    private static string HashOf(string file)
    {
        using var bytes = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
