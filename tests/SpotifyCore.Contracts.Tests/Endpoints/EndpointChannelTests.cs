using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Endpoints;

public sealed class EndpointChannelTests
{
    private const int Patience = 60_000;

    [Theory]
    [InlineData("example")]
    [InlineData("http://example")]
    [InlineData("unix:")]
    public void Constructor_NoAddress_Throws(string address) =>
        Assert.Throws<ArgumentException>(() => new EndpointChannel(new EndpointChannelOptions { Address = address }));

    [Fact]
    public void Constructor_PinWithoutTls_Throws() => Assert.Throws<ArgumentException>(() =>
        new EndpointChannel(new EndpointChannelOptions { Address = "http://127.0.0.1:1", ServerId = new PeerId(1) }));

    [Fact(Timeout = Patience)]
    public async Task Unary_NobodyListens_IsUnavailableForAReasonThatAPersonReads()
    {
        var failure = await FailAsync($"http://127.0.0.1:{FreePort.Take()}");

        Assert.Equal((StatusCode.Unavailable, true), (failure.StatusCode, failure.IsLocal()));
        Assert.Equal("Connection refused", failure.Reason());
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_LocalAddress_ComesFromThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var local = IPAddress.Parse("127.0.0.9");
        using var channel = new EndpointChannel(
            new EndpointChannelOptions { Address = $"http://{listener.LocalEndpoint}", LocalAddress = local });
        var calling = new EchoClient(channel).SayAsync(new EchoRequest()).ResponseAsync;

        using var socket = await listener.AcceptSocketAsync();

        Assert.Equal(local, ((IPEndPoint)socket.RemoteEndPoint!).Address);
        channel.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => calling);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_NoSuchSocket_IsUnavailable()
    {
        using var directory = new TempDirectory();

        var failure = await FailAsync($"unix:{directory["none.sock"]}");

        Assert.Equal((StatusCode.Unavailable, true), (failure.StatusCode, failure.IsLocal()));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_OtherKeyThanPinned_IsRefusedHere()
    {
        await using var server = await StartTlsAsync();

        var failure = await FailAsync(server.Addresses[0], new PeerId(1));

        Assert.True(failure.IsLocal());
        Assert.Equal($"The server proves another key than {new PeerId(1)}.", failure.Reason());
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_PinnedCertificateWithAnIssuerToDownload_IsTrustedAndAsksNobody()
    {
        using var strange = new StrangeCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"https://{listener.LocalEndpoint}";
        var calling = FailAsync(address, PinnedKey.IdOf(strange.Certificate));

        using var socket = await listener.AcceptSocketAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(strange.Certificate, null, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        });
        var preface = new byte[3];
        await stream.ReadExactlyAsync(preface);

        Assert.Equal("PRI"u8, preface);
        Assert.False(strange.IsAskedFor);
        await stream.DisposeAsync();
        socket.Dispose();
        await calling;
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_UntrustedCertificate_IsRefusedHere()
    {
        await using var server = await StartTlsAsync();

        Assert.True((await FailAsync(server.Addresses[0])).IsLocal());
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_ServerRefuses_TheReasonIsWhatItSaid()
    {
        await using var server = await StartAsync("http://127.0.0.1:0");

        var failure = await FailAsync(server.Addresses[0], request: new EchoRequest { Text = "fail" });

        Assert.Equal((EchoService.FailDetail, false), (failure.Reason(), failure.IsLocal()));
    }

    // Many times, as the end of the connection is seen by the call's reader or by its writer, whichever is first.
    [Fact(Timeout = Patience)]
    public async Task Unary_WhatAnswersSpeaksAnotherProtocol_IsSaidInWordsForPeopleAndMayPass()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        async Task AnswerAsync()
        {
            using var accepted = await listener.AcceptTcpClientAsync();
            await accepted.GetStream().WriteAsync("220 no such service here, and a line of words\r\n"u8.ToArray());
        }

        for (var i = 0; i < 100; i++)
        {
            var answering = AnswerAsync();

            var failure = await FailAsync($"http://{listener.LocalEndpoint}");

            await answering;
            Assert.True(failure.Reason() == "The connection was lost." && failure.MayPass(), failure.ToString());
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Unary_NoTimeAtAll_IsDeadlineExceeded(int seconds)
    {
        await using var server = await StartAsync("http://127.0.0.1:0");
        using var channel = Connect(server.Addresses[0]);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await new EchoClient(channel).SayAsync(
            new EchoRequest(), deadline: EndpointChannel.In(TimeSpan.FromSeconds(seconds))));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal("The answer did not come in time.", failure.Reason());
    }

    [Fact(Timeout = Patience)]
    public async Task Session_Set_GoesWithEveryCallUntilItIsTakenBack()
    {
        var gate = new HeaderGate();
        await using var server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = "http://127.0.0.1:0" }, EchoService.Create(gate));
        using var channel = Connect(server.Addresses[0]);
        var echo = new EchoClient(channel);

        await echo.SayAsync(new EchoRequest());
        channel.Session = "abc";
        await echo.SayAsync(new EchoRequest());
        await echo.SayAsync(new EchoRequest());
        channel.Session = null;
        await echo.SayAsync(new EchoRequest());

        Assert.Equal(["", "Bearer abc", "Bearer abc", ""], gate.Seen);
    }

    [Fact(Timeout = Patience)]
    public async Task Stream_TheHundredAndFirstOfAChannel_IsServedToo()
    {
        await using var server = await StartAsync("http://127.0.0.1:0");
        using var channel = Connect(server.Addresses[0]);
        var echo = new EchoClient(channel);

        var streams = Enumerable.Range(0, 101).Select(_ => echo.Chat()).ToList();
        await Task.WhenAll(streams.Select(stream => stream.ResponseHeadersAsync));

        streams.ForEach(static stream => stream.Dispose());
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_ServerComesBack_IsAnsweredAgain()
    {
        using var directory = new TempDirectory();
        var address = $"unix:{directory["echo.sock"]}";
        using var channel = Connect(address);
        var echo = new EchoClient(channel);
        await using (await StartAsync(address))
            await echo.SayAsync(new EchoRequest());

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await echo.SayAsync(new EchoRequest()));
        await using var again = await StartAsync(address);
        await echo.SayAsync(new EchoRequest());

        Assert.True(failure.MayPass(), failure.ToString());
    }

    [Fact(Timeout = Patience)]
    public async Task Dispose_OpenCall_Ends()
    {
        await using var server = await StartAsync("http://127.0.0.1:0");
        var channel = Connect(server.Addresses[0]);
        using var call = new EchoClient(channel).Chat();
        await call.ResponseHeadersAsync;

        channel.Dispose();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => call.ResponseStream.MoveNext(default));
        Assert.True(failure is ObjectDisposedException or RpcException { StatusCode: StatusCode.Cancelled });
    }

    private static Task<GrpcServer> StartAsync(string address) =>
        GrpcServer.StartAsync(new GrpcServerOptions { Address = address }, EchoService.Create());

    private static Task<GrpcServer> StartTlsAsync() => GrpcServer.StartAsync(
        new GrpcServerOptions { Address = "https://localhost:0", Certificate = TestCertificate.Create() },
        EchoService.Create());

    private static EndpointChannel Connect(string address, PeerId? serverId = null) =>
        new(new EndpointChannelOptions { Address = address, ServerId = serverId });

    private static async Task<RpcException> FailAsync(
        string address, PeerId? serverId = null, EchoRequest? request = null)
    {
        using var channel = Connect(address, serverId);
        return await Assert.ThrowsAsync<RpcException>(
            async () => await new EchoClient(channel).SayAsync(request ?? new EchoRequest()));
    }
}
