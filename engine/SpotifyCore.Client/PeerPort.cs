using System.Net;
using System.Net.Sockets;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Running;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client;

/// <summary>Connects to peers, and the port at which they are accepted, if they are.</summary>
internal sealed class PeerPort
{
    private PeerPort(ITransport transport, IConnectionListener? listening) =>
        (Transport, Listening) = (transport, listening);

    /// <summary>Connects.</summary>
    public ITransport Transport { get; }

    /// <summary>Takes their connections; null when none are accepted.</summary>
    public IConnectionListener? Listening { get; }

    /// <summary>Its number; 0 when none are accepted.</summary>
    public int Number => Listening?.EndPoint.Port ?? 0;

    /// <summary>
    /// Listens at the port that is named, or at a free one where somebody else does; at none when the options say so.
    /// </summary>
    /// <param name="options">The client's.</param>
    /// <param name="identity">Its key.</param>
    /// <param name="context">Clock and log.</param>
    /// <param name="owned">Gives the port back.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="IOException">It can't listen there.</exception>
    public static async Task<PeerPort> OpenAsync(
        SpotifyClientOptions options,
        NodeIdentity identity,
        LoopContext context,
        OwnedParts owned,
        CancellationToken cancellationToken)
    {
        var transport = new TlsTransport(identity, PartSettings.Transport(), context.Time);
        if (!options.Serve || options.DeviceKind == DeviceKind.Phone)
            return new PeerPort(transport, null);

        var endPoint = new IPEndPoint(IPAddress.Parse(options.ListenAddress), options.ListenPort);
        var listening = owned.OwnAsyncDisposable(await ListenAsync(endPoint, transport, context, cancellationToken));
        ClientLog.Listening(context.Logger, listening.EndPoint, identity.Id);
        return new PeerPort(transport, listening);
    }

    /// <summary>Has a router pass connections on, where that is wanted and anybody is outside.</summary>
    public void Map(PortMappingOptions mapping, OutsidePort? outside, LoopContext context, OwnedParts owned)
    {
        if (!mapping.Enabled
            || outside is null
            || Listening?.EndPoint.Address is not { } address
            || IPAddress.IsLoopback(address))
            return;

        var search = new GatewaySearch(GatewaySearch.Multicast, context.Time);
        var caller = owned.Own(new UpnpCaller(mapping.CallTime));
        var finder = new GatewayFinder(() => LocalNetwork.Find(address), search, caller, mapping, context.Time);
        owned.OwnAsyncDisposable(new PortMapper(finder, Number, outside.Map, context.Time, context.Logger));
    }

    private static async Task<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, ITransport transport, LoopContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.ListenAsync(endPoint, cancellationToken);
        }
        catch (IOException taken)
            when (endPoint.Port != 0
                && taken.InnerException is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            var listening = await transport.ListenAsync(new IPEndPoint(endPoint.Address, 0), cancellationToken);
            ClientLog.PortTaken(context.Logger, endPoint.Port, listening.EndPoint.Port);
            return listening;
        }
    }
}
