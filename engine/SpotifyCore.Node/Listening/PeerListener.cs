using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Listening;

/// <summary>
/// Listens while the host runs and hands what comes to the chunk server; when the host stops, takes no more and lets
/// the server finish what it has begun.
/// </summary>
internal sealed class PeerListener(
    ITransport transport,
    ChunkServer server,
    NodeIdentity identity,
    IOptions<NodeOptions> options,
    ILogger<PeerListener> logger)
    : IHostedService
{
    private readonly CancellationTokenSource _stopping = new();
    private IConnectionListener? _listener;
    private Task _serving = Task.CompletedTask;

    /// <summary>Where it listens; only once started.</summary>
    public IPEndPoint EndPoint => _listener?.EndPoint ?? throw new InvalidOperationException("Not started.");

    /// <summary>What others write into their lists to reach this node: <c>id@host:port</c>.</summary>
    public string Address
    {
        get
        {
            var host = options.Value.Advertise is { Length: > 0 } name ? name : EndPoint.Address.ToString();
            return new Content.Identity.NodeAddress(identity.Id, host, EndPoint.Port).ToString();
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = await transport.ListenAsync(new NodeSettings(options.Value).Listen, cancellationToken);
        _serving = server.RunAsync(_listener, _stopping.Token);
        logger.Serving(EndPoint, identity.Id);
        if (options.Value.Plain)
            logger.Unprotected(EndPoint);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await _serving.WaitAsync(cancellationToken);
            logger.Drained();
        }
        finally
        {
            if (_listener is { } listener)
                await listener.DisposeAsync();

            _stopping.Dispose();
        }
    }
}
