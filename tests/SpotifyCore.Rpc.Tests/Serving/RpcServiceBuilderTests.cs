using SpotifyCore.Rpc.Serving;
using SpotifyCore.Rpc.Tests.Contracts;
using SpotifyCore.Rpc.Tests.Echo;

namespace SpotifyCore.Rpc.Tests.Serving;

public sealed class RpcServiceBuilderTests
{
    private readonly RpcServiceBuilder _builder = new(EchoService.Descriptor);

    [Fact]
    public void Unary_MisspeltName_Throws() => Assert.Throws<ArgumentException>(() =>
        _builder.Unary<EchoRequest, EchoReply>("Sai", (_, _) => Task.FromResult(new EchoReply())));

    [Fact]
    public void Unary_OtherMessage_Throws() => Assert.Throws<ArgumentException>(() =>
        _builder.Unary<EchoRequest, EchoRequest>("Say", (request, _) => Task.FromResult(request)));

    [Fact]
    public void Unary_MethodStreams_Throws() => Assert.Throws<ArgumentException>(() =>
        _builder.Unary<EchoRequest, EchoReply>("Chat", (_, _) => Task.FromResult(new EchoReply())));

    [Fact]
    public void Unary_BoundTwice_Throws()
    {
        _builder.Unary<EchoRequest, EchoReply>("Say", (_, _) => Task.FromResult(new EchoReply()));

        Assert.Throws<ArgumentException>(() =>
            _builder.Unary<EchoRequest, EchoReply>("Say", (_, _) => Task.FromResult(new EchoReply())));
    }

    [Fact]
    public void Build_MethodsWithoutHandler_ThrowsTheirNames()
    {
        _builder.Unary<EchoRequest, EchoReply>("Say", (_, _) => Task.FromResult(new EchoReply()));

        var failure = Assert.Throws<InvalidOperationException>(_builder.Build);

        Assert.Contains("Count, Collect, Chat", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_AllBound_IsNamedAsOnTheWire() =>
        Assert.Equal("spotifycore.tests.v1.Echo", new EchoService().Build().Name);
}
