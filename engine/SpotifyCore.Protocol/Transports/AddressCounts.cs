using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Counts by address, a /64 of IPv6 being one; holds those above zero alone. Not for several threads.</summary>
internal sealed class AddressCounts
{
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>The count of what <see cref="NetworkOf"/> gave.</summary>
    public int this[IPAddress network] => _counts.GetValueOrDefault(network);

    /// <summary>One more.</summary>
    public void Add(IPAddress network) => _counts[network] = this[network] + 1;

    /// <summary>One less.</summary>
    public void Remove(IPAddress network)
    {
        if (_counts[network] == 1)
            _counts.Remove(network);
        else
            _counts[network]--;
    }

    /// <summary>What an address counts as: one subscriber has a /64 of IPv6.</summary>
    public static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
