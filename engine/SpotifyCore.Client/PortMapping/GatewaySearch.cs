using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Asks a network for its UPnP gateways (SSDP, UPnP Device Architecture 1.1, section 1.3). Only answers of the
/// network's own hosts count, and only when each speaks of itself.
/// </summary>
/// <param name="group">Where to ask: the multicast group of SSDP.</param>
/// <param name="time">The clock.</param>
internal sealed class GatewaySearch(IPEndPoint group, TimeProvider time)
{
    /// <summary>Where SSDP listens.</summary>
    public static readonly IPEndPoint Multicast = new(IPAddress.Parse("239.255.255.250"), 1900);

    private const int MaxAnswer = 2_048;
    private const int MaxFound = 4;

    private static readonly string[] Targets =
    [
        "urn:schemas-upnp-org:device:InternetGatewayDevice:2",
        "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
    ];

    /// <summary>Where gateways describe themselves; the first few that answer within the time.</summary>
    public async Task<IReadOnlyList<Uri>> FindAsync(
        LocalNetwork network, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var found = new List<Uri>();
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(network.Address, 0));
            socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.MulticastInterface, network.Address.GetAddressBytes());
            foreach (var target in Targets)
                await socket.SendToAsync(Question(target), group, either.Token);

            await ListenAsync(socket, network, found, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
        catch (SocketException)
        {
            // The network has just gone, or lets nothing out.
        }

        return found;
    }

    private static async Task ListenAsync(
        Socket socket, LocalNetwork network, List<Uri> found, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswer];
        var anybody = new IPEndPoint(IPAddress.Any, 0);
        while (found.Count < MaxFound)
        {
            var received = await socket.ReceiveFromAsync(buffer, anybody, cancellationToken);
            var sender = ((IPEndPoint)received.RemoteEndPoint).Address;
            var place = ReadLocation(buffer.AsSpan(0, received.ReceivedBytes));
            if (place is null || !network.Contains(sender) || place.Host != sender.ToString() || found.Contains(place))
                continue;

            found.Add(place);
            if (found.Count == 1)
            {
                // A home has one, which answers to both targets; a second is waited for no longer.
                return;
            }
        }
    }

    private byte[] Question(string target) => Encoding.ASCII.GetBytes(
        $"M-SEARCH * HTTP/1.1\r\nHOST: {group}\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: {target}\r\n\r\n");

    private static Uri? ReadLocation(ReadOnlySpan<byte> answer)
    {
        const string Field = "LOCATION:";
        foreach (var line in Encoding.ASCII.GetString(answer).Split('\n'))
        {
            if (!line.StartsWith(Field, StringComparison.OrdinalIgnoreCase))
                continue;

            var isAddress = Uri.TryCreate(line[Field.Length..].Trim(), UriKind.Absolute, out var place)
                && place.Scheme == Uri.UriSchemeHttp && place.UserInfo.Length == 0;
            return isAddress ? place : null;
        }

        return null;
    }
}
