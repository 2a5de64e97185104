
using System.Net;
using Google.Protobuf;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Tests.Access;

/// <summary>Two clients of one home find each other inside it, whatever its router does with its own outside.</summary>
public sealed class OwnPlaceTests
{
    private static readonly LocalNetwork Home = new(IPAddress.Parse("192.168.7.2"), 24, IPAddress.Parse("192.168.7.1"));
    private static readonly LocalNetwork Virtual = new(IPAddress.Parse("172.17.0.1"), 16, Gateway: null);

    [Fact]
    public void Describe_Listening_NamesTheHomeFirst()
    {
        var online = new OwnPlace("campus", () => [Virtual, Home], new OutsidePort(4_371, static _ => { })).Describe();

        Assert.Equal(("campus", 4_371), (online.Site, online.LanPort));
        Assert.Equal(["192.168.7.2", "172.17.0.1"], online.LanHosts);
    }

    [Fact]
    public void Describe_AgainElsewhere_ForgetsTheFormerNetworks()
    {
        LocalNetwork[] networks = [Home];
        var place = new OwnPlace("", () => networks, new OutsidePort(4_371, static _ => { }));
        place.Describe();
        networks = [Virtual];

        Assert.Equal(["172.17.0.1"], place.Describe().LanHosts);
    }

    [Fact]
    public void Describe_NotListening_NamesNothing() =>
        Assert.Empty(new OwnPlace("", () => [Home], port: null).Describe().LanHosts);

    [Theory]
    [InlineData("192.168.7.9", "192.168.7.9", 4_371)]
    [InlineData("172.17.0.1", "203.0.113.5", 6_000)] // One's own virtual network: theirs only has the same number.
    [InlineData("10.0.0.9", "203.0.113.5", 6_000)] // Another network of the same router.
    [InlineData("nonsense", "203.0.113.5", 6_000)]
    public void Of_PeerOfTheSameLan_IsReachedInsideWhereThatLeadsToIt(string lanHost, string host, int port)
    {
        var place = new OwnPlace("", () => [Home, Virtual], port: null);
        place.Describe();
        var peer = Peer(lanHost);

        var address = WireAddresses.Of(peer, place)!.Value;

        Assert.Equal((host, port), (address.Address.Host, address.Address.Port));
        Assert.True(address.IsLocal);
        Assert.Equal(host == lanHost, address.IsNear);
    }

    [Fact]
    public void Of_PeerThatNobodyReachesFromOutside_IsReachedInside()
    {
        var place = new OwnPlace("", () => [Home], port: null);
        place.Describe();
        var peer = Peer("192.168.7.9");
        peer.Unreachable = true;

        Assert.True(WireAddresses.Of(peer, place)!.Value.IsReachable);

        peer.SameLan = false;
        Assert.False(WireAddresses.Of(peer, place)!.Value.IsReachable);
    }

    private static Peer Peer(string lanHost) => new()
    {
        Id = ByteString.CopyFrom(new byte[PeerId.Size]),
        Host = "203.0.113.5",
        Port = 6_000,
        SameLan = true,
        LanHosts = { lanHost },
        LanPort = 4_371,
    };
}
