using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Shell;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>Accepts connections of peers until disposed.</summary>
internal sealed class PeerListener : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private readonly Task _accepting;

    private PeerListener(IConnectionListener listener, PeerDesk desk, ILogger logger)
    {
        _listener = listener;
        _accepting = Task.Run(() => AcceptAsync(listener, desk, logger));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PeerListener> StartAsync(
        ITransport transport, IPEndPoint endPoint, PeerDesk desk, ILogger logger, CancellationToken cancellationToken) =>
        new(await transport.ListenAsync(endPoint, cancellationToken), desk, logger);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _accepting;
    }

    private static async Task AcceptAsync(IConnectionListener listener, PeerDesk desk, ILogger logger)
    {
        while (true)
        {
            try
            {
                if (await listener.AcceptAsync() is not { } connection)
                    return;

                desk.Loop.Post(new PostedAction(() => desk.Accept(connection)));
            }
            catch (IOException failure)
            {
                ClientLog.AcceptFailed(logger, failure.Message);
            }
        }
    }
}
