namespace SpotifyCore.Client.PortMapping;

/// <summary>A router passes the port on to somebody else already.</summary>
internal sealed class PortConflictException(string message) : IOException(message);
