using System.Net;
using SpotifyCore.Content.Limits;

namespace SpotifyCore.Content.Tests.Limits;

public sealed class SubnetTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::3", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Of_TwoAddresses_AreOneByTheSubscriber(string one, string other, bool same) => Assert.Equal(
        same, Subnet.Of(new IPEndPoint(IPAddress.Parse(one), 1)) == Subnet.Of(IPAddress.Parse(other)));

    [Fact]
    public void Of_NoAddress_IsOneForAll() =>
        Assert.Equal(Subnet.Of((IPAddress?)null), Subnet.Of(new DnsEndPoint("localhost", 1)));
}
