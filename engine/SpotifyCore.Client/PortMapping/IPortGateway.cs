using System.Net;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// A router that passes connections from outside on to a host behind it. Calls may be made from any thread, one at a
/// time; what the router refuses, or does not answer, is an <see cref="IOException"/>.
/// </summary>
internal interface IPortGateway
{
    /// <summary>What it is, for the log.</summary>
    string Name { get; }

    /// <summary>The address of this host that the router passes connections on to.</summary>
    IPAddress LocalAddress { get; }

    /// <summary>The router's address on the outside.</summary>
    Task<IPAddress> FindExternalAddressAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Has a TCP port passed on for some time, or for longer when it is already. A router may give another port than
    /// the one asked for.
    /// </summary>
    /// <returns>The port on the outside, and how long it is passed on.</returns>
    /// <exception cref="PortConflictException">Somebody else has the port.</exception>
    Task<PortLease> MapAsync(int localPort, int externalPort, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Ends that.</summary>
    Task UnmapAsync(int localPort, int externalPort, CancellationToken cancellationToken);
}
