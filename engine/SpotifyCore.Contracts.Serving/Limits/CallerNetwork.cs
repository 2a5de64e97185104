using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Contracts.Serving.Limits;

/// <summary>What counts as one address where callers are counted: an IPv4 address, or a /64 of IPv6.</summary>
/// <param name="High">The first 8 bytes of an IPv6 address; 0 for IPv4.</param>
/// <param name="Low">The IPv4 address; 0 for IPv6.</param>
public readonly record struct CallerNetwork(ulong High, uint Low)
{
    /// <summary>The network of an address; one value for all whose address is unknown.</summary>
    public static CallerNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new CallerNetwork(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), 0)
            : new CallerNetwork(0, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }
}
