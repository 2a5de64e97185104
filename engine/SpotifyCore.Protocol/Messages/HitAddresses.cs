using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Messages;

/// <summary>
/// The addresses that are the payload of a search-hit: for each 16 bytes peer id; u8 family (4 or 6); 4 or 16 bytes
/// address; u16 port, 0 for a peer that can be reached only by asking it to connect. Addresses are numbers, so that
/// nobody can have others look names up.
/// </summary>
public static class HitAddresses
{
    /// <summary>Most addresses in one hit.</summary>
    public const int MaxCount = 10;

    /// <summary>Longest payload.</summary>
    public const int MaxLength = MaxCount * (PeerId.Size + 1 + 16 + 2);

    /// <summary>
    /// Writes as many as fit a hit to the front of <paramref name="destination"/>, which has room for
    /// <see cref="MaxLength"/>. One without an id, or whose host is a name, is left out.
    /// </summary>
    /// <returns>Bytes and addresses written.</returns>
    public static (int Length, int Count) Write(ReadOnlySpan<NodeAddress> addresses, Span<byte> destination)
    {
        var (length, count) = (0, 0);
        foreach (var address in addresses)
        {
            if (count == MaxCount || address.Id is not { } id || !IPAddress.TryParse(address.Host, out var host))
                continue;

            id.Write(destination[length..]);
            destination[length + PeerId.Size] = host.AddressFamily == AddressFamily.InterNetwork ? (byte)4 : (byte)6;
            length += PeerId.Size + 1;
            host.TryWriteBytes(destination[length..], out var written);
            length += written;
            BinaryPrimitives.WriteUInt16LittleEndian(destination[length..], (ushort)address.Port);
            length += 2;
            count++;
        }

        return (length, count);
    }

    /// <summary>Reads the payload of a hit that was decoded.</summary>
    public static NodeAddress[] Read(ReadOnlySpan<byte> payload, int count)
    {
        var addresses = new NodeAddress[count];
        for (var i = 0; i < count; i++)
        {
            var size = HostSize(payload[PeerId.Size]);
            var host = new IPAddress(payload.Slice(PeerId.Size + 1, size)).ToString();
            var port = BinaryPrimitives.ReadUInt16LittleEndian(payload[(PeerId.Size + 1 + size)..]);
            addresses[i] = new NodeAddress(PeerId.Read(payload), host, port);
            payload = payload[(PeerId.Size + 1 + size + 2)..];
        }

        return addresses;
    }

    /// <summary>True when the payload is exactly so many addresses.</summary>
    internal static bool AreValid(ReadOnlySpan<byte> payload, int count)
    {
        if (count > MaxCount)
            return false;

        for (var i = 0; i < count; i++)
        {
            if (payload.Length <= PeerId.Size || HostSize(payload[PeerId.Size]) is not (> 0 and var size))
                return false;

            var length = PeerId.Size + 1 + size + 2;
            if (payload.Length < length)
                return false;

            payload = payload[length..];
        }

        return payload.Length == 0;
    }

    private static int HostSize(byte family) => family switch { 4 => 4, 6 => 16, _ => 0 };
}
