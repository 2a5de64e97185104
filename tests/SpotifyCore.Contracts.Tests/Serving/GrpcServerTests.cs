using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Serving;

[UnsupportedOSPlatform("windows")]
public sealed class GrpcServerTests : IDisposable
{
    private const int Patience = 60_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Start_UnixSocket_IsItsUsersAlone()
    {
        var path = Path.Combine(_directory["run"], "echo.sock");

        await using var server = await StartAsync($"unix:{path}");

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory["run"]));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact(Timeout = Patience)]
    public async Task Start_StaleSocket_IsReplaced()
    {
        var path = _directory["echo.sock"];
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(_directory["dead.sock"]));
            File.Move(_directory["dead.sock"], path);
        }

        Assert.True(File.Exists(path));
        await using var server = await StartAsync($"unix:{path}");

        await AssertAnswersAsync(server.Addresses[0]);
    }

    [Fact(Timeout = Patience)]
    public async Task Start_LivingServersSocket_IsRefused()
    {
        await using var living = await StartAsync($"unix:{_directory["echo.sock"]}");

        await Assert.ThrowsAsync<IOException>(() => StartAsync($"unix:{_directory["echo.sock"]}"));

        await AssertAnswersAsync(living.Addresses[0]);
    }

    [Fact(Timeout = Patience)]
    public async Task Start_LivingSocketOfAnotherProgram_IsRefused()
    {
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(_directory["other.sock"]));
        other.Listen();

        await Assert.ThrowsAsync<IOException>(() => StartAsync($"unix:{_directory["other.sock"]}"));

        Assert.True(File.Exists(_directory["other.sock"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Start_OrdinaryFileInPlace_IsRefusedAndKept()
    {
        await File.WriteAllTextAsync(_directory["notes.txt"], "mine");

        await Assert.ThrowsAsync<IOException>(() => StartAsync($"unix:{_directory["notes.txt"]}"));

        Assert.Equal("mine", await File.ReadAllTextAsync(_directory["notes.txt"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Start_DirectoryOpenToOthers_IsRefused()
    {
        File.SetUnixFileMode(_directory.Path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        await Assert.ThrowsAsync<IOException>(() => StartAsync($"unix:{_directory["echo.sock"]}"));
    }

    [Fact(Timeout = Patience)]
    public async Task Stop_UnixSocket_IsGone()
    {
        var server = await StartAsync($"unix:{_directory["echo.sock"]}");

        await server.DisposeAsync();

        Assert.False(File.Exists(_directory["echo.sock"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Start_SeveralAddresses_AllAnswer()
    {
        await using var server = await StartAsync(
            $"http://127.0.0.1:0; unix:{_directory["echo.sock"]}; http://[::1]:0");

        Assert.Equal(3, server.Addresses.Count);
        foreach (var address in server.Addresses)
            await AssertAnswersAsync(address);
    }

    [Fact(Timeout = Patience)]
    public async Task Start_PortTaken_Throws()
    {
        await using var first = await StartAsync("http://127.0.0.1:0");

        await Assert.ThrowsAsync<IOException>(() => StartAsync(first.Addresses[0]));
    }

    [Theory(Timeout = Patience)]
    [InlineData("https://127.0.0.1:0")] // no certificate
    [InlineData("http://example.com:0")]
    [InlineData(";")]
    public async Task Start_AddressItCannotServe_Throws(string address) =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(address));

    [Fact(Timeout = Patience)]
    public async Task Stop_OpenCalls_StreamsAreUnavailableAndRepliesFinish()
    {
        var server = await StartAsync("http://127.0.0.1:0");
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = server.Addresses[0] });
        using var stream = new EchoClient(channel).Chat();
        await stream.RequestStream.WriteAsync(new EchoRequest { Text = "hold" });
        await stream.ResponseStream.MoveNext(default);
        var single = new EchoClient(channel).SayAsync(new EchoRequest { Text = "await cancelled" });
        await single.ResponseHeadersAsync;

        var reading = stream.ResponseStream.MoveNext(default);

        // The stream's end is what the single call waits for.
        await server.StopAsync(CancellationToken.None);

        await single;
        var failure = await Assert.ThrowsAsync<RpcException>(() => reading);
        Assert.True(failure.MayPass(), failure.ToString());
        await server.DisposeAsync();
    }

    // Many at once, as a handler sees the end of its stream before its token is cancelled, or after.
    [Fact(Timeout = Patience)]
    public async Task Streams_WhoseCallerLeaves_AreNoErrorInTheLog()
    {
        var log = new ErrorLog();
        await using var server = new GrpcServer(
            Options.Create(new GrpcServerOptions { Address = "http://127.0.0.1:0" }), [EchoService.Create()],
            TimeProvider.System, log);
        await server.StartAsync(CancellationToken.None);
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = server.Addresses[0] });
        var echo = new EchoClient(channel);
        for (var round = 0; round < 20; round++)
        {
            var streams = Enumerable.Range(0, 50).Select(_ => echo.Chat()).ToList();
            await Task.WhenAll(streams.Select(static stream => stream.ResponseHeadersAsync));
            streams.ForEach(static stream => stream.Dispose());
            await Task.WhenAll(streams.Select(
                async _ => await echo.SayAsync(new EchoRequest { Text = "await cancelled" })));
        }

        // Calls have ended, and said what they had to, when it has stopped.
        await server.StopAsync(CancellationToken.None);
        Assert.True(log.Errors.Count == 0, string.Join('\n', log.Errors));
    }

    [Theory(Timeout = Patience)]
    [InlineData("GET", "application/grpc", HttpStatusCode.NotFound)]
    [InlineData("POST", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "application/grpc-web", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "application/grpc+proto", HttpStatusCode.OK)]
    public async Task Request_OfOtherPrograms_IsAnsweredInHttp(string method, string type, HttpStatusCode expected)
    {
        await using var server = await StartAsync("http://127.0.0.1:0");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{server.Addresses[0]}/spotifycore.tests.v1.Echo/Say")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", type);

        using var response = await http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task AddGrpcServer_InAHost_ServesWhileItRuns()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .Configure<GrpcServerOptions>(options => options.Address = $"unix:{_directory["echo.sock"]}")
            .AddSingleton(EchoService.Create())
            .AddGrpcServer();
        using var host = builder.Build();

        await host.StartAsync();
        await AssertAnswersAsync(host.Services.GetRequiredService<GrpcServer>().Addresses[0]);
        await host.StopAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task AddGrpcServer_WithoutAddress_FailsAtStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGrpcServer();
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static Task<GrpcServer> StartAsync(string address) =>
        GrpcServer.StartAsync(new GrpcServerOptions { Address = address }, EchoService.Create());

    private static async Task AssertAnswersAsync(string address)
    {
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = address });
        var reply = await new EchoClient(channel).SayAsync(new EchoRequest { Count = 3 });
        Assert.Equal(3, reply.Number);
    }
}
