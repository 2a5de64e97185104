using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Serving;

public sealed class CallAdmissionTests : IAsyncLifetime, ICallGate
{
    private const int Patience = 60_000;
    private const int Limit = 1_000;

    private GrpcServer _server = null!;
    private EndpointChannel _channel = null!;
    private EchoClient _echo = null!;
    private Func<string, int> _admit = static _ => Limit;

    public CallTerms Admit(HttpContext call, string method) => new(_admit(method), IsKnown: true);

    public async Task InitializeAsync()
    {
        _server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = "http://127.0.0.1:0" }, EchoService.Create(this));
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = _server.Addresses[0] });
        _echo = new EchoClient(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData("åäö 100 %\nmore", "åäö 100 %\nmore")]
    [InlineData("", "The server gave no reason.")]
    public async Task Call_GateRefuses_ItsStatusArrivesAndNoHandlerRuns(string detail, string reason)
    {
        _admit = _ => throw CallFailure.Of(StatusCode.PermissionDenied, detail);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _echo.SayAsync(new EchoRequest { Text = "crash" }));

        Assert.Equal((StatusCode.PermissionDenied, reason), (failure.StatusCode, failure.Reason()));
    }

    [Fact(Timeout = Patience)]
    public async Task Call_GateRefusesAStream_ItsStatusArrives()
    {
        _admit = static _ => throw CallFailure.Of(StatusCode.Unauthenticated, "no");
        using var call = _echo.Chat();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Call_Gate_IsToldTheMethod()
    {
        var asked = "";
        _admit = method =>
        {
            asked = method;
            return 0;
        };

        await _echo.SayAsync(new EchoRequest());

        Assert.Equal("/spotifycore.tests.v1.Echo/Say", asked);
    }

    [Theory(Timeout = Patience)]
    [InlineData(Limit, StatusCode.OK)]
    [InlineData(Limit + 1, StatusCode.ResourceExhausted)]
    [InlineData(15 << 20, StatusCode.ResourceExhausted)]
    public async Task Message_AgainstTheCallersLimit_IsTakenOrRefused(int length, StatusCode expected)
    {
        var request = new EchoRequest();
        request.Text = new string('a', length - Overhead(length));
        Assert.Equal(length, request.CalculateSize());

        var got = StatusCode.OK;
        try
        {
            await _echo.SayAsync(request);
        }
        catch (RpcException failure)
        {
            got = failure.StatusCode;
        }

        Assert.Equal(expected, got);
    }

    [Fact(Timeout = Patience)]
    public async Task Stream_WithoutAFirstMessage_EndsWhenTheServerStops()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _admit = _ =>
        {
            asked.TrySetResult();
            return Limit;
        };
        using var call = _echo.Chat();
        await asked.Task;

        await _server.StopAsync(CancellationToken.None);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.False(failure.IsLocal());
    }

    [Fact(Timeout = Patience)]
    public async Task Stream_WhoseFirstMessageDoesNotBegin_IsEndedAndOneThatPausesLaterIsNot()
    {
        var time = new ManualTimeProvider();
        var options = new GrpcServerOptions { Address = "http://127.0.0.1:0", FirstMessageSeconds = 1 };
        await using var server = new GrpcServer(
            Options.Create(options), [EchoService.Create(this)], time, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = server.Addresses[0] });
        using var paused = new EchoClient(channel).Chat();
        await paused.RequestStream.WriteAsync(new EchoRequest { Text = "here" });
        Assert.True(await paused.ResponseStream.MoveNext(default));
        using var silent = new EchoClient(channel).Chat();

        var reading = silent.ResponseStream.MoveNext(default);

        var failure = await Assert.ThrowsAsync<RpcException>(() => time.AdvanceUntilAsync(reading));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await paused.RequestStream.WriteAsync(new EchoRequest { Text = "again" });
        Assert.True(await paused.ResponseStream.MoveNext(default));
    }

    // The field's tag is one byte, its length a varint.
    private static int Overhead(int length) =>
        new EchoRequest { Text = new string('a', length) }.CalculateSize() - length;
}
