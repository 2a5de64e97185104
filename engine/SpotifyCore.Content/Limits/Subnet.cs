using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Content.Limits;

/// <summary>
/// What counts as one address where strangers are counted: an IPv4 address, or a /64 of IPv6, which is what one
/// subscriber has at least.
/// </summary>
/// <param name="High">The first 8 bytes of an IPv6 address; 0 for IPv4.</param>
/// <param name="Low">The IPv4 address; 0 for IPv6.</param>
public readonly record struct Subnet(ulong High, uint Low)
{
    /// <summary>The subnet of an address; one value for all whose address is unknown.</summary>
    public static Subnet Of(IPAddress? address)
    {
        if (address is null)
            return default;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new Subnet(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0)
            : new Subnet(0, BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    /// <summary>The subnet of where a connection comes from; one value for what has no IP address.</summary>
    public static Subnet Of(EndPoint? remote) => Of((remote as IPEndPoint)?.Address);
}
