using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Client.PortMapping;

/// <summary>An Internet Gateway Device of UPnP (IGD 1 and 2), called by SOAP over HTTP.</summary>
internal sealed class UpnpGateway(UpnpCaller caller, GatewayDescription service, IPAddress localAddress) : IPortGateway
{
    private const string Description = "SpotifyCore";
    private const int ConflictInMappingEntry = 718;
    private const int OnlyPermanentLeasesSupported = 725;

    /// <inheritdoc/>
    public string Name => $"The UPnP router {service.Control.Host}";

    /// <inheritdoc/>
    public IPAddress LocalAddress => localAddress;

    /// <inheritdoc/>
    public async Task<IPAddress> FindExternalAddressAsync(CancellationToken cancellationToken)
    {
        var answer = await caller.CallAsync(service, "GetExternalIPAddress", [], cancellationToken);
        return answer.TryGetValue("NewExternalIPAddress", out var text)
            && IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetwork
                ? address
                : throw new IOException("It names no address of its own.");
    }

    /// <inheritdoc/>
    public async Task<PortLease> MapAsync(
        int localPort, int externalPort, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(localPort, externalPort, (long)lease.TotalSeconds, cancellationToken);
            return new PortLease(externalPort, lease);
        }
        catch (UpnpException refused) when (refused.Code == OnlyPermanentLeasesSupported)
        {
            await AddAsync(localPort, externalPort, seconds: 0, cancellationToken);
            return new PortLease(externalPort, Timeout.InfiniteTimeSpan);
        }
        catch (UpnpException refused) when (refused.Code == ConflictInMappingEntry)
        {
            throw new PortConflictException(refused.Message);
        }
    }

    /// <inheritdoc/>
    public Task UnmapAsync(int localPort, int externalPort, CancellationToken cancellationToken) => caller.CallAsync(
        service,
        "DeletePortMapping",
        [("NewRemoteHost", ""), ("NewExternalPort", Text(externalPort)), ("NewProtocol", "TCP")],
        cancellationToken);

    private Task AddAsync(int localPort, int externalPort, long seconds, CancellationToken cancellationToken) =>
        caller.CallAsync(
            service,
            "AddPortMapping",
            [
                ("NewRemoteHost", ""),
                ("NewExternalPort", Text(externalPort)),
                ("NewProtocol", "TCP"),
                ("NewInternalPort", Text(localPort)),
                ("NewInternalClient", localAddress.ToString()),
                ("NewEnabled", "1"),
                ("NewPortMappingDescription", Description),
                ("NewLeaseDuration", Text(seconds)),
            ],
            cancellationToken);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
