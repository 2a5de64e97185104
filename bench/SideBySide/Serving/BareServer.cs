using System.Globalization;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>The same frames by <c>native/server.c</c>: epoll, one thread, straight from a mapped file.</summary>
internal sealed class BareServer : ILoadServer
{
    private readonly ServerProcess _process;

    private BareServer(ServerProcess process, LoadTarget target)
    {
        _process = process;
        Target = target;
    }

    /// <inheritdoc/>
    public LoadTarget Target { get; }

    /// <summary>Starts it.</summary>
    /// <param name="file">What it serves.</param>
    /// <param name="tls">How it speaks TLS; null for plain TCP.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BareServer> StartAsync(
        ServedFile file, ServerTls? tls, CancellationToken cancellationToken)
    {
        string[] keys = tls is null ? [] : [tls.Key, tls.Certificate];
        var process = ServerProcess.Start(
            Cores.Pin(Cores.Server, Programs.Native("server"), [file.Path, .. keys]));
        try
        {
            var port = int.Parse(await process.ReadLineAsync(cancellationToken), CultureInfo.InvariantCulture);
            return new BareServer(process, new LoadTarget("frames", port, process.Id, tls?.AskerKey));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
