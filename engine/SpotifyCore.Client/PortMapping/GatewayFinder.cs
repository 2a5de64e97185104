using System.Net;
using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Finds routers that may pass a port on, in the private networks that this host is in, and only there.
/// </summary>
internal sealed class GatewayFinder(
    Func<LocalNetwork[]> networks,
    GatewaySearch search,
    UpnpCaller caller,
    PortMappingOptions options,
    TimeProvider time)
{
    /// <summary>How patiently routers are dealt with.</summary>
    public PortMappingOptions Options => options;

    /// <summary>Port at which NAT-PMP is spoken.</summary>
    public int NatPmpPort { private get; init; } = NatPmpGateway.Port;

    /// <summary>What there is, the likeliest first; nothing is asked of a router before it is reached.</summary>
    public async IAsyncEnumerable<IPortGateway> FindAsync(
        ILogger logger,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var network in networks())
        {
            foreach (var place in await search.FindAsync(network, options.SearchTime, cancellationToken))
            {
                if (await DescribeAsync(place, network, logger, cancellationToken) is { } upnp)
                    yield return upnp;
            }

            if (network.Gateway is { } router)
            {
                yield return new NatPmpGateway(
                    new IPEndPoint(router, NatPmpPort), network.Address, options.CallTime, time);
            }
        }
    }

    private async Task<UpnpGateway?> DescribeAsync(
        Uri place, LocalNetwork network, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var service = await caller.DescribeAsync(place, cancellationToken);
            return new UpnpGateway(caller, service, network.Address);
        }
        catch (IOException failure)
        {
            PortMappingLog.Refused(logger, place.Host, failure.Message);
            return null;
        }
    }
}
