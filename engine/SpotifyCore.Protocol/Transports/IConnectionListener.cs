using System.Net;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Accepts connections until disposed.</summary>
public interface IConnectionListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the port that was picked.</summary>
    IPEndPoint EndPoint { get; }

    /// <summary>
    /// The next connection whose channel is set up, or null once the listener is disposed. A slow handshake delays
    /// nobody else.
    /// </summary>
    ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken = default);
}
