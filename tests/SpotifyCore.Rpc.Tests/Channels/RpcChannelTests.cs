using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Server;
using SpotifyCore.Rpc.Tests.Contracts;
using SpotifyCore.Rpc.Tests.Echo;
using SpotifyCore.Rpc.Tests.Serving;
using SpotifyCore.Testing;

namespace SpotifyCore.Rpc.Tests.Channels;

public sealed class RpcChannelTests
{
    private const int Patience = 60_000;

    private static readonly byte[] Empty = MemoryExchange.Frame(new EchoReply());

    [Theory]
    [InlineData("example")]
    [InlineData("http://example")]
    [InlineData("unix:")]
    public void Constructor_NoAddress_Throws(string address) =>
        Assert.Throws<ArgumentException>(() => new RpcChannel(new RpcChannelOptions { Address = address }));

    [Fact]
    public void Constructor_PinWithoutTls_Throws() => Assert.Throws<ArgumentException>(() =>
        new RpcChannel(new RpcChannelOptions { Address = "http://127.0.0.1:1", ServerId = new PeerId(1) }));

    [Fact]
    public void Call_OfAnotherKind_Throws()
    {
        using var channel = new RpcChannel(new RpcChannelOptions { Address = "http://127.0.0.1:1" });

        Assert.Throws<ArgumentException>(() => channel.Duplex(EchoMethods.Say));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_NobodyListens_IsUnavailable()
    {
        string address;
        await using (var gone = await RawServer.StartAsync(_ => Task.CompletedTask))
            address = gone.Address;

        Assert.Equal(RpcStatusCode.Unavailable, (await FailAsync(address)).Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_NoSuchSocket_IsUnavailable()
    {
        using var directory = new TempDirectory();

        Assert.Equal(RpcStatusCode.Unavailable, (await FailAsync($"unix:{directory["none.sock"]}")).Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_OtherKeyThanPinned_IsUnavailable()
    {
        await using var server = await StartTlsAsync();

        Assert.Equal(RpcStatusCode.Unavailable, (await FailAsync(server.Addresses[0], new PeerId(1))).Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_UntrustedCertificate_IsUnavailable()
    {
        await using var server = await StartTlsAsync();

        Assert.Equal(RpcStatusCode.Unavailable, (await FailAsync(server.Addresses[0])).Code);
    }

    [Theory(Timeout = Patience)]
    [InlineData(400, RpcStatusCode.Internal)]
    [InlineData(401, RpcStatusCode.Unauthenticated)]
    [InlineData(403, RpcStatusCode.PermissionDenied)]
    [InlineData(404, RpcStatusCode.Unimplemented)]
    [InlineData(429, RpcStatusCode.Unavailable)]
    [InlineData(500, RpcStatusCode.Unknown)]
    [InlineData(502, RpcStatusCode.Unavailable)]
    [InlineData(503, RpcStatusCode.Unavailable)]
    [InlineData(504, RpcStatusCode.Unavailable)]
    [InlineData(200, RpcStatusCode.Unknown)] // a web page
    public async Task Unary_AnswerOfHttp_IsMapped(int http, RpcStatusCode expected)
    {
        var failure = await FailAsync(async context =>
        {
            context.Response.StatusCode = http;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>");
        });

        Assert.Equal(expected, failure.Code);
    }

    [Theory(Timeout = Patience)]
    [InlineData(0x1, RpcStatusCode.Internal)]
    [InlineData(0x7, RpcStatusCode.Unavailable)]
    [InlineData(0x8, RpcStatusCode.Cancelled)]
    [InlineData(0xb, RpcStatusCode.ResourceExhausted)]
    [InlineData(0xc, RpcStatusCode.PermissionDenied)]
    public async Task Unary_StreamReset_IsMapped(int error, RpcStatusCode expected)
    {
        var failure = await FailAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.FlushAsync();
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(error);
        });

        Assert.Equal(expected, failure.Code);
    }

    [Theory(Timeout = Patience)]
    [InlineData("17", RpcStatusCode.Unknown)]
    [InlineData("-1", RpcStatusCode.Unknown)]
    [InlineData("x", RpcStatusCode.Unknown)]
    [InlineData("5", RpcStatusCode.NotFound)]
    public async Task Unary_StatusInTrailers_IsRead(string status, RpcStatusCode expected) =>
        Assert.Equal(expected, (await FailAsync(context => AnswerAsync(context, Empty, status))).Code);

    [Fact(Timeout = Patience)]
    public async Task Unary_StatusOfHeadersAlone_IsRead()
    {
        var failure = await FailAsync(context =>
        {
            context.Response.ContentType = "application/grpc+proto";
            context.Response.Headers["grpc-status"] = "5";
            context.Response.Headers["grpc-message"] = "%C3%B1 %zz %4";
            return Task.CompletedTask;
        });

        Assert.Equal((RpcStatusCode.NotFound, "ñ %zz %4"), (failure.Code, failure.Detail));
    }

    [Theory(Timeout = Patience)]
    [InlineData(new byte[0], RpcStatusCode.Unimplemented)]                                 // no message
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, RpcStatusCode.Unimplemented)] // two
    [InlineData(new byte[] { 0, 0, 0, 0, 4, 1 }, RpcStatusCode.Internal)]                  // half of one
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, RpcStatusCode.Internal)]                     // compressed
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 }, RpcStatusCode.Internal)]                // no protobuf
    [InlineData(new byte[] { 0, 127, 0, 0, 0 }, RpcStatusCode.ResourceExhausted)]
    public async Task Unary_WrongBody_Throws(byte[] body, RpcStatusCode expected) =>
        Assert.Equal(expected, (await FailAsync(context => AnswerAsync(context, body, "0"))).Code);

    [Fact(Timeout = Patience)]
    public async Task Unary_NoStatus_IsInternal() =>
        Assert.Equal(RpcStatusCode.Internal, (await FailAsync(context => AnswerAsync(context, Empty, null))).Code);

    [Fact(Timeout = Patience)]
    public async Task Unary_Headers_AreGrpcs()
    {
        IHeaderDictionary? seen = null;
        await using var server = await RawServer.StartAsync(context =>
        {
            seen = new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase));
            return AnswerAsync(context, Empty, "0");
        });
        using var channel = new RpcChannel(new RpcChannelOptions { Address = server.Address });

        await channel.UnaryAsync(EchoMethods.Say, new EchoRequest(), new RpcCallOptions(TimeSpan.FromHours(30)));

        Assert.Equal("application/grpc", seen!.ContentType);
        Assert.Equal("trailers", seen["te"]);
        Assert.Equal("identity", seen["grpc-accept-encoding"]);
        Assert.Equal("108000S", seen["grpc-timeout"]);
        Assert.StartsWith("grpc-", seen.UserAgent, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Unary_NoTimeAtAll_IsDeadlineExceeded(int seconds)
    {
        await using var server = await RawServer.StartAsync(context => AnswerAsync(context, Empty, "0"));
        using var channel = new RpcChannel(new RpcChannelOptions { Address = server.Address });
        var options = new RpcCallOptions(TimeSpan.FromSeconds(seconds));

        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            channel.UnaryAsync(EchoMethods.Say, new EchoRequest(), options));

        Assert.Equal(RpcStatusCode.DeadlineExceeded, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_DeadlineByTheChannelsClock_IsKept()
    {
        var time = new ManualTimeProvider();
        await using var server = await RpcServer.StartAsync(
            new RpcServerOptions { Address = "http://127.0.0.1:0" }, new EchoService().Build());
        using var channel = new RpcChannel(new RpcChannelOptions { Address = server.Addresses[0], Time = time });
        var idling = channel.UnaryAsync(
            EchoMethods.Say, new EchoRequest { Text = "idle" }, new RpcCallOptions(TimeSpan.FromHours(1)));
        await channel.UnaryAsync(EchoMethods.Say, new EchoRequest());

        Assert.False(idling.IsCompleted);
        time.Advance(TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<RpcException>(() => idling);
        Assert.Equal(RpcStatusCode.DeadlineExceeded, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_ServerComesBack_IsAnsweredAgain()
    {
        using var directory = new TempDirectory();
        var options = new RpcServerOptions { Address = $"unix:{directory["echo.sock"]}" };
        using var channel = new RpcChannel(new RpcChannelOptions { Address = options.Address });
        await using (await RpcServer.StartAsync(options, new EchoService().Build()))
            await channel.UnaryAsync(EchoMethods.Say, new EchoRequest());

        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            channel.UnaryAsync(EchoMethods.Say, new EchoRequest()));
        await using var again = await RpcServer.StartAsync(options, new EchoService().Build());
        await channel.UnaryAsync(EchoMethods.Say, new EchoRequest());

        Assert.Equal(RpcStatusCode.Unavailable, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Dispose_OpenCall_IsCalledOff()
    {
        await using var server = await RpcServer.StartAsync(
            new RpcServerOptions { Address = "http://127.0.0.1:0" }, new EchoService().Build());
        var channel = new RpcChannel(new RpcChannelOptions { Address = server.Addresses[0] });
        await using var call = channel.Duplex(EchoMethods.Chat);
        await call.GetHeadersAsync();

        channel.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call.ReadAsync());
    }

    private static Task<RpcServer> StartTlsAsync() => RpcServer.StartAsync(
        new RpcServerOptions { Address = "https://localhost:0", Certificate = TestCertificate.Create() },
        new EchoService().Build());

    private static async Task AnswerAsync(HttpContext context, byte[] body, string? status)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync();
        await context.Response.Body.WriteAsync(body);
        if (status is not null)
            context.Response.AppendTrailer("grpc-status", status);
    }

    private static async Task<RpcException> FailAsync(Func<HttpContext, Task> answer)
    {
        await using var server = await RawServer.StartAsync(answer);
        return await FailAsync(server.Address);
    }

    private static async Task<RpcException> FailAsync(string address, PeerId? serverId = null)
    {
        using var channel = new RpcChannel(new RpcChannelOptions { Address = address, ServerId = serverId });
        return await Assert.ThrowsAsync<RpcException>(() => channel.UnaryAsync(EchoMethods.Say, new EchoRequest()));
    }
}
