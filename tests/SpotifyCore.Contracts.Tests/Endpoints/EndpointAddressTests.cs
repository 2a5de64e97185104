using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Tests.Endpoints;

public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:80", EndpointKind.Http, "127.0.0.1", 80)]
    [InlineData("https://music.example:7070", EndpointKind.Https, "music.example", 7070)]
    [InlineData("https://[::1]:0", EndpointKind.Https, "::1", 0)]
    [InlineData("http://*:7070", EndpointKind.Http, "*", 7070)]
    [InlineData("unix:/run/user/1000/music.sock", EndpointKind.Unix, "/run/user/1000/music.sock", 0)]
    public void Parse_Address_IsReadAndWrittenBack(string text, EndpointKind kind, string host, int port)
    {
        var address = EndpointAddress.Parse(text);

        Assert.Equal(new EndpointAddress(kind, host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("127.0.0.1:80")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:80/path")]
    [InlineData("http://user@host:80")]
    [InlineData("http://::1:80")]
    [InlineData("ftp://host:21")]
    [InlineData("http://:80")]
    public void Parse_AnythingElse_Throws(string text) =>
        Assert.Throws<ArgumentException>(() => EndpointAddress.Parse(text));
}
