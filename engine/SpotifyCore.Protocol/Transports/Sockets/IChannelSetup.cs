namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Makes channels of accepted connections, many at once. Safe for many threads.</summary>
internal interface IChannelSetup : IDisposable
{
    /// <summary>
    /// Takes over a connection once it is a channel; else it stays the caller's: null, or an exception of the network.
    /// Disposal ends all that are under way.
    /// </summary>
    ValueTask<IConnection?> SetUpAsync(IConnection accepted);
}
