namespace SpotifyCore.Client.PortMapping;

/// <summary>A port that a router passes on.</summary>
/// <param name="ExternalPort">The port on the outside.</param>
/// <param name="Lasts">How long, unless it is renewed; infinite where the router knows no leases.</param>
internal readonly record struct PortLease(int ExternalPort, TimeSpan Lasts);
