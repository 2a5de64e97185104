using System.Globalization;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>memcached with one thread, which has a core; it begins empty.</summary>
internal sealed class MemcachedServer : ILoadServer
{
    private readonly ServerProcess _process;

    private MemcachedServer(ServerProcess process, int port)
    {
        _process = process;
        Target = new LoadTarget("memcached", port, process.Id);
    }

    /// <inheritdoc/>
    public LoadTarget Target { get; }

    /// <summary>Starts it.</summary>
    public static Task<MemcachedServer> StartAsync(CancellationToken cancellationToken) =>
        LoopbackPort.StartAsync(port => StartAsync(port, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<MemcachedServer> StartAsync(int port, CancellationToken cancellationToken)
    {
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "root"] : [];
        var process = ServerProcess.Start(Cores.Pin(
            Cores.Server,
            "memcached",
            ["-l", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-m", "512", "-t", "1", .. user]));
        try
        {
            await process.WhenListeningAsync(port, cancellationToken);
            return new MemcachedServer(process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
