using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Tests.Echo;

namespace SpotifyCore.Contracts.Tests.Calls;

/// <summary>What our client does with any server, ours or foreign.</summary>
public abstract class EchoCalls : IDisposable
{
    private const int Patience = 60_000;

    private static readonly EchoRequest Hang = new() { Text = "hang" };
    private static readonly EchoRequest Idle = new() { Text = "idle", Count = 1 };
    private static readonly EchoRequest Hold = new() { Text = "hold" };

    private readonly EchoPeer _peer;
    private readonly EndpointChannel _channel;
    private readonly EchoClient _echo;

    protected EchoCalls(EchoPeer peer)
    {
        _peer = peer;
        _channel = peer.Connect();
        _echo = new EchoClient(_channel);
    }

    public void Dispose() => _channel.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Unary_Request_IsAnswered()
    {
        var reply = await _echo.SayAsync(new EchoRequest { Text = "åäö", Count = 7 });

        Assert.Equal(new EchoReply { Text = "åäö", Number = 7 }, reply);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_EmptyMessages_Pass() =>
        Assert.Equal(new EchoReply(), await _echo.SayAsync(new EchoRequest()));

    [Fact(Timeout = Patience)]
    public async Task Unary_ManyAtOnce_AllAnswered()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
            await _echo.SayAsync(new EchoRequest { Count = i })));

        Assert.Equal(Enumerable.Range(0, 200), replies.Select(reply => reply.Number));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_BigMessages_Pass()
    {
        var data = new byte[12_000_000];
        new Random(1).NextBytes(data);

        var request = new EchoRequest { Data = UnsafeByteOperations.UnsafeWrap(data) };
        var reply = await _echo.SayAsync(request);

        Assert.True(reply.Data.Span.SequenceEqual(data));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_ReplyOverOurLimit_IsResourceExhausted()
    {
        using var narrow = _peer.Connect(maxMessageBytes: 1_000);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(narrow).SayAsync(new EchoRequest { Text = "data", Count = 1_001 }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_RequestOverTheServersLimit_IsResourceExhausted()
    {
        using var wide = _peer.Connect(maxMessageBytes: 64 << 20);
        var request = new EchoRequest
        {
            Data = UnsafeByteOperations.UnsafeWrap(new byte[EchoPeer.MaxMessageBytes + 1]),
        };

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(wide).SayAsync(request));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Failure_BringsDetailAndTrailers()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _echo.SayAsync(new EchoRequest { Text = "fail" }));

        AssertIsTheFailure(failure);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_HandlerCrashes_IsUnknown()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _echo.SayAsync(new EchoRequest { Text = "crash" }));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_UnknownService_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new MissingClient(_channel).SayAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Metadata_PassesBothWays()
    {
        byte[] bytes = [0, 255, 44, 13, 10];
        var sent = new Metadata { { "x-text", "a b, c=d" }, { "x-data-bin", bytes } };

        using var call = _echo.SayAsync(new EchoRequest { Text = "metadata" }, sent);
        await call;

        var headers = await call.ResponseHeadersAsync;
        Assert.Equal("a b, c=d", headers.GetValue("x-text"));
        Assert.Equal(bytes, headers.GetValueBytes("x-data-bin"));
        Assert.Equal("a b, c=d", call.GetTrailers().GetValue("y-text"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("y-data-bin"));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Timeout_IsToldToTheServer()
    {
        var asked = new EchoRequest { Text = "deadline" };

        var reply = await _echo.SayAsync(asked, deadline: EndpointChannel.In(TimeSpan.FromMinutes(5)));

        Assert.InRange(reply.Number, 1, 300_000);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_TimeoutPasses_IsDeadlineExceeded()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _echo.SayAsync(Idle, deadline: EndpointChannel.In(TimeSpan.FromMilliseconds(50))));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Cancelled_ServerHearsOfIt()
    {
        using var cancellation = new CancellationTokenSource();
        var hanging = _echo.SayAsync(Hang, cancellationToken: cancellation.Token);
        await _echo.SayAsync(new EchoRequest { Text = "await hanging" });

        await cancellation.CancelAsync();

        AssertIsCalledOff(await Assert.ThrowsAsync<RpcException>(async () => await hanging));
        await ServerHeardOfItAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task ServerStreaming_Messages_ComeInOrder(int count)
    {
        using var stream = _echo.Count(new EchoRequest { Count = count });

        var numbers = new List<int>();
        await foreach (var reply in stream.ResponseStream.ReadAllAsync())
            numbers.Add(reply.Number);

        Assert.Equal(Enumerable.Range(0, count), numbers);
        Assert.False(await stream.ResponseStream.MoveNext(default));
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_ManyBigMessages_Pass()
    {
        var data = UnsafeByteOperations.UnsafeWrap(new byte[100_000]);
        var request = new EchoRequest { Count = 100, Data = data };
        using var stream = _echo.Count(request);

        long total = 0;
        await foreach (var reply in stream.ResponseStream.ReadAllAsync())
            total += reply.Data.Length;

        Assert.Equal(10_000_000, total);
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_FailsAfterMessages_MessagesThenFailure()
    {
        var request = new EchoRequest { Text = "fail", Count = 3 };
        using var stream = _echo.Count(request);

        for (var i = 0; i < 3; i++)
        {
            Assert.True(await stream.ResponseStream.MoveNext(default));
            Assert.Equal(i, stream.ResponseStream.Current.Number);
        }

        AssertIsTheFailure(await Assert.ThrowsAsync<RpcException>(async () => await stream.ResponseStream.MoveNext(default)));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_Dialogue_EachIsAnswered()
    {
        using var call = _echo.Chat();
        await call.ResponseHeadersAsync;
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Count = i });
            Assert.True(await call.ResponseStream.MoveNext(default));
            Assert.Equal(i, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_BothWaysAtOnce_NothingIsLost()
    {
        var data = UnsafeByteOperations.UnsafeWrap(new byte[20_000]);
        using var call = _echo.Chat();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
                await call.RequestStream.WriteAsync(new EchoRequest { Count = i, Data = data });

            await call.RequestStream.CompleteAsync();
        });

        var numbers = new List<int>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync())
            numbers.Add(reply.Number);

        await writing;
        Assert.Equal(Enumerable.Range(0, 300), numbers);
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_ServerEndsIt_ReadingEndsAndWritingFails()
    {
        using var call = _echo.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "bye" });

        Assert.False(await call.ResponseStream.MoveNext(default));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => call.RequestStream.WriteAsync(new EchoRequest()));
        Assert.True(failure is RpcException or InvalidOperationException, failure.ToString());
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_ServerFails_ReadingTells()
    {
        using var call = _echo.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "one" });
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "fail" });

        Assert.True(await call.ResponseStream.MoveNext(default));
        Assert.Equal("one", call.ResponseStream.Current.Text);
        AssertIsTheFailure(await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(default)));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_Cancelled_ServerHearsOfIt()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = _echo.Chat(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(Hold);
        await call.ResponseStream.MoveNext(default);
        var reading = call.ResponseStream.MoveNext(default);

        await cancellation.CancelAsync();

        AssertIsCalledOff(await Assert.ThrowsAsync<RpcException>(() => reading));
        await ServerHeardOfItAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_DisposedOf_ServerHearsOfIt()
    {
        using (var call = _echo.Chat())
        {
            await call.RequestStream.WriteAsync(Hold);
            await call.ResponseStream.MoveNext(default);
        }

        await ServerHeardOfItAsync();
    }

    private static void AssertIsCalledOff(RpcException failure) =>
        Assert.Equal((StatusCode.Cancelled, true), (failure.StatusCode, failure.IsCalledOff()));

    private static void AssertIsTheFailure(RpcException failure)
    {
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Equal(EchoService.FailDetail, failure.Status.Detail);
        Assert.Equal("because", failure.Trailers.GetValue("reason"));
        Assert.Equal(EchoService.FailBytes, failure.Trailers.GetValueBytes("detail-bin"));
    }

    // Answered once the server has seen one more call cancelled than it was asked about before.
    private async Task ServerHeardOfItAsync() =>
        await _echo.SayAsync(new EchoRequest { Text = "await cancelled" });
}
