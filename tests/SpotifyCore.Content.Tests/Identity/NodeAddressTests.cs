using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Tests.Identity;

public sealed class NodeAddressTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(Id + "@127.0.0.1:4070", "127.0.0.1", 4070, true)]
    [InlineData(Id + "@[::1]:1", "::1", 1, true)]
    [InlineData("storage.example:65535", "storage.example", 65535, false)]
    public void TryParse_Address_ReadsItAndWritesItBack(string text, string host, int port, bool hasId)
    {
        Assert.True(NodeAddress.TryParse(text, out var address));
        Assert.Equal((host, port, hasId), (address.Host, address.Port, address.Id is not null));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host")]
    [InlineData(":4070")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host:+1")]
    [InlineData("@host:1")]
    [InlineData("xyz@host:1")]
    [InlineData(Id + "@:1")]
    [InlineData(Id + "@host")]
    public void TryParse_NoAddress_IsFalse(string? text) => Assert.False(NodeAddress.TryParse(text, out _));
}
