using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Node.Configuration;

/// <summary>How a node reaches the access point.</summary>
internal static class AccessPointChannel
{
    /// <summary>How long a call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A channel to the one that the options name.</summary>
    public static EndpointChannel Open(NodeOptions options) => new(new EndpointChannelOptions
    {
        Address = options.AccessPoint,
        ServerId = new NodeSettings(options).AccessPointId,
        ConnectTimeout = CallTimeout,

        // Each call has a deadline, and minutes lie between them: nothing is to be kept alive.
        KeepAlive = null,
    });
}
