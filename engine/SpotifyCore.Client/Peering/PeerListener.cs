using System.Net;
using SpotifyCore.Client.Running;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>Accepts connections of peers until disposed.</summary>
internal sealed class PeerListener : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private readonly Task _accepting;

    /// <summary>Begins to accept; the listener is its to dispose.</summary>
    public PeerListener(IConnectionListener listener, PeerConnections all)
    {
        _listener = listener;
        _accepting = Task.Run(() => AcceptAsync(listener, all));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _accepting;
    }

    private static async Task AcceptAsync(IConnectionListener listener, PeerConnections all)
    {
        while (true)
        {
            try
            {
                if (await listener.AcceptAsync() is not { } connection)
                    return;

                all.Context.Loop.Post(new ActionWorkItem(() => all.Accept(connection)));
            }
            catch (IOException failure)
            {
                ClientLog.AcceptFailed(all.Context.Logger, failure.Message);
            }
        }
    }
}
