using System.Diagnostics;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>A desktop as listeners run it, told over its socket what to keep for times without a network.</summary>
internal sealed class KeepingDesktop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly string _files;
    private readonly ServerProcess _process;
    private readonly EndpointChannel _channel;
    private readonly Desktop.DesktopClient _desktop;

    private KeepingDesktop(string data, string socket, ServerProcess process)
    {
        _files = Path.Combine(data, "offline", "files");
        _process = process;
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = $"unix:{socket}" });
        _desktop = new Desktop.DesktopClient(_channel);
    }

    /// <summary>The process.</summary>
    public int Process => _process.Id;

    /// <summary>Starts one and logs it in.</summary>
    /// <param name="data">Its directory, which is new.</param>
    /// <param name="accessPoint">Where to log in.</param>
    /// <param name="name">As whom.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<KeepingDesktop> StartAsync(
        string data, string accessPoint, string name, string password, CancellationToken cancellationToken)
    {
        var socket = Path.Combine(data, "run", "desktop.sock");
        var process = ServerProcess.Start(
            Programs.Desktop, "--access-point", accessPoint, "--data-directory", data, "--socket", socket,
            "--output", "null", "--listen-address", "127.0.0.1", "--listen-port", "0", "--bits-per-second", "320000",
            "--port-mapping:enabled", "false");
        var desktop = new KeepingDesktop(data, socket, process);
        try
        {
            await process.ReadLineAsync(cancellationToken);
            await desktop._desktop.LoginAsync(
                new DesktopLoginRequest { Name = name, Password = password },
                cancellationToken: cancellationToken);
            return desktop;
        }
        catch
        {
            await desktop.DisposeAsync();
            throw;
        }
    }

    /// <summary>The id of the one album of a title, once the search knows it.</summary>
    public async Task<string> FindAlbumAsync(string title, CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(BetweenLooks, cancellationToken))
        {
            var found = await _desktop.SearchAsync(
                new SearchRequest { Query = title, Groups = 1 }, cancellationToken: cancellationToken);
            if (found.Albums is [var album])
                return album.Album_;

            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"There is no album '{title}'.");
        }
    }

    /// <summary>
    /// Has an album kept; returns once the desktop says that all of it is, which is when it is durable. What is here is
    /// counted where it lies meanwhile, which costs the desktop nothing.
    /// </summary>
    public async Task KeepAsync(string album, int tracks, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await _desktop.AddOfflineAsync(
            new AddOfflineRequest { Sort = OfflineSort.Album, Id = album }, cancellationToken: cancellationToken);
        while (Files().Count() < tracks || await CountKeptAsync(cancellationToken) < tracks)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                var items = (await _desktop.ListOfflineAsync(
                    new ListOfflineRequest(), cancellationToken: cancellationToken)).Items;
                throw new InvalidOperationException($"The desktop does not come to keep it: {items}");
            }

            await Task.Delay(BetweenLooks, cancellationToken);
        }
    }

    /// <summary>Keeps it no more.</summary>
    public async Task RemoveAsync(string album, CancellationToken cancellationToken) =>
        await _desktop.RemoveOfflineAsync(
            new RemoveOfflineRequest { Sort = OfflineSort.Album, Id = album }, cancellationToken: cancellationToken);

    /// <summary>Bytes that it has given to who keeps them.</summary>
    public async Task<long> CountGivenAsync(CancellationToken cancellationToken) =>
        (await _desktop.GetUploadsAsync(new GetUploadsRequest(), cancellationToken: cancellationToken)).OfflineBytes;

    /// <summary>The files that it keeps.</summary>
    public IEnumerable<string> Files() => Directory.Exists(_files)
        ? Directory.EnumerateFiles(_files).Where(static file => !Path.HasExtension(file))
        : [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<int> CountKeptAsync(CancellationToken cancellationToken) =>
        (await _desktop.GetOfflineAsync(new GetOfflineRequest(), cancellationToken: cancellationToken)).Kept;
}
