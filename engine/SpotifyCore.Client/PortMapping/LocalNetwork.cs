using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// A private network that this host is in: the only place where routers are asked for anything, and where neighbours
/// are reached directly.
/// </summary>
/// <param name="Address">This host's address there.</param>
/// <param name="PrefixLength">Bits of the address that all its hosts share.</param>
/// <param name="Gateway">The router that the system uses there; null when it knows none.</param>
internal sealed record LocalNetwork(IPAddress Address, int PrefixLength, IPAddress? Gateway)
{
    /// <summary>
    /// Those whose peers could connect to a listener at <paramref name="listening"/>: none for loopback.
    /// </summary>
    public static LocalNetwork[] Find(IPAddress listening)
    {
        if (IPAddress.IsLoopback(listening))
            return [];

        var isAny = listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any);
        return [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(static card => card.OperationalStatus == OperationalStatus.Up
                && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(static card => Of(card.GetIPProperties()))
            .Where(network => isAny || network.Address.Equals(listening))];
    }

    /// <summary>True for a host of this network.</summary>
    public bool Contains(IPAddress host)
    {
        if (host.AddressFamily != AddressFamily.InterNetwork)
            return false;

        var mask = PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);
        return (Number(host) & mask) == (Number(Address) & mask);
    }

    private static IEnumerable<LocalNetwork> Of(IPInterfaceProperties card)
    {
        var gateways = card.GatewayAddresses.Select(static gateway => gateway.Address).ToArray();
        foreach (var unicast in card.UnicastAddresses)
        {
            if (unicast.Address.AddressFamily != AddressFamily.InterNetwork
                || !PrivateNetwork.Contains(unicast.Address.ToString()))
                continue;

            var network = new LocalNetwork(unicast.Address, unicast.PrefixLength, Gateway: null);
            yield return network with { Gateway = Array.Find(gateways, network.Contains) };
        }
    }

    private static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
