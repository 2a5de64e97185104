using System.Net;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Where this client is: its site, and the private networks in which it reaches neighbours that share its public
/// address, and they it. A router rarely leads back what is sent to its own outside. Safe for many threads.
/// </summary>
/// <param name="site">The overlay it belongs to; empty for none.</param>
/// <param name="networks">Finds the networks that this host is in now; asked whenever the client goes online.</param>
/// <param name="port">Where connections are accepted; null when none are.</param>
internal sealed class OwnPlace(string site, Func<LocalNetwork[]> networks, OutsidePort? port)
{
    /// <summary>Networks told of at most; what the access point takes.</summary>
    private const int MostNetworks = 8;

    private volatile LocalNetwork[] _networks = [];

    /// <summary>The overlay it belongs to; empty for none.</summary>
    public string Site => site;

    /// <summary>Looks where this client is now, and says it. Asks the system, which may take a moment.</summary>
    public ClientOnline Describe()
    {
        // One with a way out is the home's; others are those of virtual machines and the like.
        _networks = [.. networks().OrderBy(network => network.Gateway is null)];
        var online = new ClientOnline { Site = site, LanPort = port?.Local ?? 0 };
        if (port is not null)
            online.LanHosts.AddRange(_networks.Take(MostNetworks).Select(network => network.Address.ToString()));

        return online;
    }

    /// <summary>The access point sees this client at a host.</summary>
    public void SeenAt(string host) => port?.SeenAt(host);

    /// <summary>Where a peer of the same LAN is reached; null when it is in none of this client's networks.</summary>
    public string? Reach(Peer peer)
    {
        if (!peer.SameLan)
            return null;

        foreach (var host in peer.LanHosts)
        {
            if (IPAddress.TryParse(host, out var address)
                && _networks.Any(network => network.Contains(address) && !network.Address.Equals(address)))
                return host;
        }

        return null;
    }
}
