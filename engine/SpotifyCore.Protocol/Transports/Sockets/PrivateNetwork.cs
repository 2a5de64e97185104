using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Tells addresses that only a LAN uses (RFC 1918, 3927, 4193, 4291) from all others.</summary>
public static class PrivateNetwork
{
    /// <summary>True for loopback, private, link-local and unique local addresses; false for names.</summary>
    public static bool Contains(string? host)
    {
        if (!IPAddress.TryParse(host, out var address))
            return false;

        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        if (address.AddressFamily != AddressFamily.InterNetwork)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || IPAddress.IsLoopback(address);

        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes[0] switch
        {
            10 or 127 => true,
            172 => bytes[1] is >= 16 and < 32,
            192 => bytes[1] == 168,
            169 => bytes[1] == 254,
            _ => false,
        };
    }
}
