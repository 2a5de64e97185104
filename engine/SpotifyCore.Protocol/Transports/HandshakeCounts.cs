using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// How many handshakes are under way with each address, so that one host can't take all the places. Safe for many
/// threads; holds those under way alone.
/// </summary>
internal sealed class HandshakeCounts(int mostPerAddress)
{
    private readonly Lock _guard = new();
    private readonly Dictionary<IPAddress, int> _underWay = [];

    /// <summary>False when an address has as many under way as it may have; nothing is to be ended then.</summary>
    public bool TryBegin(IPAddress? address)
    {
        var network = NetworkOf(address);
        lock (_guard)
        {
            var count = _underWay.GetValueOrDefault(network);
            if (count >= mostPerAddress)
                return false;

            _underWay[network] = count + 1;
            return true;
        }
    }

    /// <summary>One that began has ended.</summary>
    public void End(IPAddress? address)
    {
        if (address is null)
            return;

        var network = NetworkOf(address);
        lock (_guard)
        {
            if (_underWay[network] == 1)
                _underWay.Remove(network);
            else
                _underWay[network]--;
        }
    }

    // One subscriber has a /64 of IPv6.
    private static IPAddress NetworkOf(IPAddress? address)
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
