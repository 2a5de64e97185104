namespace SpotifyCore.Client.PortMapping;

/// <summary>A gateway refused a call.</summary>
/// <param name="code">The UPnP error; 0 when it named none.</param>
/// <param name="message">Why.</param>
internal sealed class UpnpException(int code, string message) : IOException(message)
{
    /// <summary>The UPnP error; 0 when it named none.</summary>
    public int Code { get; } = code;
}
