using System.Collections.Concurrent;
using System.Net;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.PortMapping;

/// <summary>The keeper against a router over real sockets.</summary>
public sealed class PortMapperTests : IAsyncLifetime
{
    private const int Port = 4371;

    private readonly TestGateway _gateway = new();
    private readonly PortMappingOptions _options = new()
    {
        SearchTime = TimeSpan.FromSeconds(1), CallTime = TimeSpan.FromSeconds(10), RetryAfter = TimeSpan.FromMilliseconds(50),
    };

    private readonly ConcurrentQueue<IPEndPoint?> _told = [];
    private readonly ClientLogs _logs = new();
    private readonly UpnpCaller _caller = new(TimeSpan.FromSeconds(10));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        Assert.Empty(_logs.Errors);
    }

    [Fact]
    public async Task Keeper_Router_MapsAndRemovesAtTheEnd()
    {
        await using (Start())
        {
            await MappedAsync();
            Assert.Equal("127.0.0.1:4371 3600", _gateway.Mappings["4371"]);
        }

        Assert.Empty(_gateway.Mappings);
        Assert.Equal(["11.22.33.44:4371", ""], _told.Select(static told => $"{told}"));
    }

    [Fact]
    public async Task Keeper_RouterThatForgets_IsToldAgain()
    {
        _options.Lease = TimeSpan.FromSeconds(1);
        await using var keeper = Start();
        await MappedAsync();

        _gateway.Mappings.Clear();

        await Eventually.TrueAsync(() => !_gateway.Mappings.IsEmpty, "it was renewed");
        Assert.Single(_told);
    }

    [Fact]
    public async Task Keeper_PortOfAnotherHost_TakesOthers()
    {
        _gateway.Taken["4371"] = true;
        await using var keeper = Start();

        var outside = await MappedAsync();

        Assert.NotEqual(Port, outside.Port);
        Assert.StartsWith("127.0.0.1:4371 ", _gateway.Mappings[$"{outside.Port}"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeper_RouterWithoutLeases_MapsForGood()
    {
        _gateway.PermanentOnly = true;
        await using var keeper = Start();

        await MappedAsync();

        Assert.EndsWith(" 0", _gateway.Mappings["4371"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.2")]
    [InlineData("100.64.0.9")]
    [InlineData("0.0.0.0")]
    [InlineData("nonsense")]
    public async Task Keeper_RouterThatIsInsideItself_IsNotUsed(string address)
    {
        _gateway.ExternalAddress = address;
        await using var keeper = Start();

        await GivenUpAsync();

        Assert.Empty(_gateway.Mappings);
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData("http://192.0.2.1/root.xml")]
    [InlineData("http://localhost:80/root.xml")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task Keeper_LocationElsewhere_IsNotFollowed(string location)
    {
        _gateway.Location = location;
        await using var keeper = Start();

        await GivenUpAsync();

        Assert.Equal(0, _gateway.Calls);
    }

    [Theory]
    [InlineData("<root><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>"
        + "<controlURL>http://192.0.2.1/control</controlURL></service></root>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><root>&b;</root>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><root>&a;</root>")]
    [InlineData("<root>")]
    [InlineData("")]
    public async Task Keeper_DescriptionThatIsBad_IsNotUsed(string description)
    {
        _gateway.Bend = path => path == "/root.xml" ? description : null;
        await using var keeper = Start();

        await GivenUpAsync();

        Assert.Empty(_gateway.Mappings);
    }

    [Fact]
    public async Task Keeper_EndlessOrDeepAnswers_AreCutOff()
    {
        var bodies = new Queue<string>(
        [
            $"<root>{new string(' ', 1 << 20)}</root>",
            string.Concat(Enumerable.Repeat("<a>", 4_000)),
        ]);
        _gateway.Bend = path => path == "/root.xml" && bodies.TryDequeue(out var body) ? body : null;
        await using var keeper = Start();

        // Once all the bad answers are used up the router is as good as any.
        await MappedAsync();

        Assert.Empty(bodies);
    }

    [Fact]
    public async Task Keeper_NoRouter_GoesOnAndEndsAtOnce()
    {
        _gateway.Location = null;
        _options.SearchTime = TimeSpan.FromMilliseconds(50);
        var keeper = Start();

        await GivenUpAsync();
        await keeper.DisposeAsync();

        Assert.Empty(_told);
    }

    [Fact]
    public void Find_LoopbackListener_AsksNobody() => Assert.Empty(LocalNetwork.Find(IPAddress.Loopback));

    [Theory]
    [InlineData("10.1.2.3", 8, "10.200.0.1", true)]
    [InlineData("10.1.2.3", 24, "10.1.3.1", false)]
    [InlineData("10.1.2.3", 0, "8.8.8.8", true)]
    [InlineData("10.1.2.3", 8, "::1", false)]
    public void Contains_Host_GoesByThePrefix(string own, int prefix, string host, bool expected) => Assert.Equal(
        expected, new LocalNetwork(IPAddress.Parse(own), prefix, null).Contains(IPAddress.Parse(host)));

    private PortMapper Start()
    {
        LocalNetwork[] networks = [new LocalNetwork(IPAddress.Loopback, 8, Gateway: null)];
        var search = new GatewaySearch(_gateway.Search, TimeProvider.System);
        var finder = new GatewayFinder(() => networks, search, _caller, _options, TimeProvider.System);
        return new PortMapper(finder, Port, _told.Enqueue, TimeProvider.System, _logs);
    }

    private async Task<IPEndPoint> MappedAsync()
    {
        await Eventually.TrueAsync(() => _told.Any(static told => told is not null), "the port is mapped");
        return _told.First(static told => told is not null)!;
    }

    private Task GivenUpAsync() =>
        Eventually.TrueAsync(() => _logs.Contains("No router passes port 4371 on"), "it says that there is no router");
}
