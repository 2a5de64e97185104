using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Tests.Playing;

namespace SpotifyCore.Client.Tests.PortMapping;

/// <summary>A real router, with a real firewall and translation in front of this host.</summary>
[Collection(AloneGroup.Name)]
public sealed class RealRouterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keeper_RealRouter_LetsConnectionsInUntilTheEnd(bool upnp)
    {
        await using var router = await RealRouter.StartAsync(upnp);
        using var listener = new TcpListener(router.Home, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var options = new PortMappingOptions { RetryAfter = TimeSpan.FromSeconds(1) };
        var told = new ConcurrentQueue<IPEndPoint?>();
        var logs = new ClientLogs();
        using var caller = new UpnpCaller(options.CallTime);
        var search = new GatewaySearch(GatewaySearch.Multicast, TimeProvider.System);
        var finder = new GatewayFinder(Networks, search, caller, options, TimeProvider.System);
        Assert.False(await router.ReachesAsync(port));

        await using (new PortMapper(finder, port, told.Enqueue, TimeProvider.System, logs))
        {
            await Eventually.TrueAsync(() => !told.IsEmpty, $"the port is mapped: {logs}");
            Assert.Equal(new IPEndPoint(router.Outside, port), told.First());
            Assert.True(await router.ReachesAsync(port), $"{logs}");
            Assert.True(logs.Contains(upnp ? "UPnP router" : "NAT-PMP router"), $"{logs}");
        }

        Assert.False(await router.ReachesAsync(port));
        Assert.Null(told.Last());

        // As the client finds it, but for the default gateway, which this host has elsewhere.
        LocalNetwork[] Networks() =>
            [.. LocalNetwork.Find(router.Home).Select(network => network with { Gateway = router.Router })];
    }
}
