using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Tests.Contracts;
using SpotifyCore.Rpc.Tests.Echo;

namespace SpotifyCore.Rpc.Tests.Calls;

/// <summary>What our client does with any server, ours or foreign.</summary>
public abstract class EchoCalls(EchoPeer peer) : IDisposable
{
    private const int Patience = 60_000;

    private static readonly EchoRequest Hang = new() { Text = "hang" };
    private static readonly EchoRequest Idle = new() { Text = "idle", Count = 1 };
    private static readonly EchoRequest Hold = new() { Text = "hold" };

    private readonly RpcChannel _channel = peer.Connect();

    public void Dispose() => _channel.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Unary_Request_IsAnswered()
    {
        var reply = await _channel.UnaryAsync(EchoMethods.Say, new EchoRequest { Text = "åäö", Count = 7 });

        Assert.Equal(new EchoReply { Text = "åäö", Number = 7 }, reply);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_EmptyMessages_Pass() =>
        Assert.Equal(new EchoReply(), await _channel.UnaryAsync(EchoMethods.Say, new EchoRequest()));

    [Fact(Timeout = Patience)]
    public async Task Unary_ManyAtOnce_AllAnswered()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            _channel.UnaryAsync(EchoMethods.Say, new EchoRequest { Count = i })));

        Assert.Equal(Enumerable.Range(0, 200), replies.Select(reply => reply.Number));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_BigMessages_Pass()
    {
        var data = new byte[12_000_000];
        new Random(1).NextBytes(data);

        var request = new EchoRequest { Data = UnsafeByteOperations.UnsafeWrap(data) };
        var reply = await _channel.UnaryAsync(EchoMethods.Say, request);

        Assert.True(reply.Data.Span.SequenceEqual(data));
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_ReplyOverOurLimit_IsResourceExhausted()
    {
        using var narrow = peer.Connect(maxMessageBytes: 1_000);

        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            narrow.UnaryAsync(EchoMethods.Say, new EchoRequest { Text = "data", Count = 1_001 }));

        Assert.Equal(RpcStatusCode.ResourceExhausted, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_RequestOverTheServersLimit_IsResourceExhausted()
    {
        using var wide = peer.Connect(maxMessageBytes: 64 << 20);
        var request = new EchoRequest
        {
            Data = UnsafeByteOperations.UnsafeWrap(new byte[EchoPeer.MaxMessageBytes + 1]),
        };

        var failure = await Assert.ThrowsAsync<RpcException>(() => wide.UnaryAsync(EchoMethods.Say, request));

        Assert.Equal(RpcStatusCode.ResourceExhausted, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Failure_BringsDetailAndTrailers()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            _channel.UnaryAsync(EchoMethods.Say, new EchoRequest { Text = "fail" }));

        AssertIsTheFailure(failure);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_HandlerCrashes_IsUnknown()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            _channel.UnaryAsync(EchoMethods.Say, new EchoRequest { Text = "crash" }));

        Assert.Equal(RpcStatusCode.Unknown, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_UnknownService_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            _channel.UnaryAsync(EchoMethods.Missing, new EchoRequest()));

        Assert.Equal(RpcStatusCode.Unimplemented, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Metadata_PassesBothWays()
    {
        byte[] bytes = [0, 255, 44, 13, 10];
        _channel.DefaultMetadata = new RpcMetadata { { "x-text", "a b, c=d" } };
        var options = new RpcCallOptions(Metadata: new RpcMetadata { { "x-data-bin", bytes } });

        var reply = await _channel.UnaryReplyAsync(EchoMethods.Say, new EchoRequest { Text = "metadata" }, options);

        Assert.Equal("a b, c=d", reply.Headers.GetText("x-text"));
        Assert.Equal(bytes, reply.Headers.GetBytes("x-data-bin")?.ToArray());
        Assert.Equal("a b, c=d", reply.Trailers.GetText("y-text"));
        Assert.Equal(bytes, reply.Trailers.GetBytes("y-data-bin")?.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Timeout_IsToldToTheServer()
    {
        var asked = new EchoRequest { Text = "deadline" };

        var reply = await _channel.UnaryAsync(EchoMethods.Say, asked, new RpcCallOptions(TimeSpan.FromMinutes(5)));

        Assert.InRange(reply.Number, 1, 300_000);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_TimeoutPasses_IsDeadlineExceeded()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            _channel.UnaryAsync(EchoMethods.Say, Idle, new RpcCallOptions(TimeSpan.FromMilliseconds(50))));

        Assert.Equal(RpcStatusCode.DeadlineExceeded, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task Unary_Cancelled_ServerHearsOfIt()
    {
        using var cancellation = new CancellationTokenSource();
        var hanging = _channel.UnaryAsync(EchoMethods.Say, Hang, cancellation.Token);
        await _channel.UnaryAsync(EchoMethods.Say, new EchoRequest());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await ServerHeardOfItAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task ServerStreaming_Messages_ComeInOrder(int count)
    {
        await using var stream = _channel.ServerStreaming(EchoMethods.Count, new EchoRequest { Count = count });

        var numbers = new List<int>();
        await foreach (var reply in stream.ReadAllAsync())
            numbers.Add(reply.Number);

        Assert.Equal(Enumerable.Range(0, count), numbers);
        Assert.Null(await stream.ReadAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_ManyBigMessages_Pass()
    {
        var data = UnsafeByteOperations.UnsafeWrap(new byte[100_000]);
        var request = new EchoRequest { Count = 100, Data = data };
        await using var stream = _channel.ServerStreaming(EchoMethods.Count, request);

        long total = 0;
        await foreach (var reply in stream.ReadAllAsync())
            total += reply.Data.Length;

        Assert.Equal(10_000_000, total);
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_FailsAfterMessages_MessagesThenFailure()
    {
        var request = new EchoRequest { Text = "fail", Count = 3 };
        await using var stream = _channel.ServerStreaming(EchoMethods.Count, request);

        for (var i = 0; i < 3; i++)
            Assert.Equal(i, (await stream.ReadAsync())!.Number);

        AssertIsTheFailure(await Assert.ThrowsAsync<RpcException>(async () => await stream.ReadAsync()));
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_LeftEarly_ServerHearsOfIt()
    {
        var request = new EchoRequest { Text = "hang", Count = 2 };
        await foreach (var reply in _channel.ServerStreaming(EchoMethods.Count, request).ReadAllAsync())
        {
            if (reply.Number == 1)
                break;
        }

        await ServerHeardOfItAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task ServerStreaming_TimeoutPassesAfterMessages_IsDeadlineExceeded()
    {
        var options = new RpcCallOptions(TimeSpan.FromMilliseconds(500));
        await using var stream = _channel.ServerStreaming(EchoMethods.Count, Idle, options);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var _ in stream.ReadAllAsync())
            {
            }
        });

        Assert.Equal(RpcStatusCode.DeadlineExceeded, failure.Code);
    }

    [Fact(Timeout = Patience)]
    public async Task ClientStreaming_Messages_AreCollected()
    {
        await using var stream = _channel.ClientStreaming(EchoMethods.Collect);
        foreach (var text in new[] { "one ", "two ", "three" })
            await stream.WriteAsync(new EchoRequest { Text = text });

        var reply = await stream.FinishAsync();

        Assert.Equal(new EchoReply { Text = "one two three", Number = 3 }, reply.Message);
    }

    [Fact(Timeout = Patience)]
    public async Task ClientStreaming_NoMessages_IsAnswered()
    {
        await using var stream = _channel.ClientStreaming(EchoMethods.Collect);

        Assert.Equal(new EchoReply(), (await stream.FinishAsync()).Message);
    }

    [Fact(Timeout = Patience)]
    public async Task ClientStreaming_ServerFailsInTheMiddle_FinishTells()
    {
        await using var stream = _channel.ClientStreaming(EchoMethods.Collect);
        await stream.WriteAsync(new EchoRequest { Text = "fail" });

        AssertIsTheFailure(await Assert.ThrowsAsync<RpcException>(() => stream.FinishAsync()));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_Dialogue_EachIsAnswered()
    {
        await using var call = _channel.Duplex(EchoMethods.Chat);
        await call.GetHeadersAsync();
        for (var i = 0; i < 50; i++)
        {
            await call.WriteAsync(new EchoRequest { Count = i });
            Assert.Equal(i, (await call.ReadAsync())!.Number);
        }

        await call.CompleteAsync();

        Assert.Null(await call.ReadAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_BothWaysAtOnce_NothingIsLost()
    {
        var data = UnsafeByteOperations.UnsafeWrap(new byte[20_000]);
        await using var call = _channel.Duplex(EchoMethods.Chat);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
                await call.WriteAsync(new EchoRequest { Count = i, Data = data });

            await call.CompleteAsync();
        });

        var numbers = new List<int>();
        await foreach (var reply in call.ReadAllAsync())
            numbers.Add(reply.Number);

        await writing;
        Assert.Equal(Enumerable.Range(0, 300), numbers);
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_ServerEndsIt_ReadingEndsAndWritingFails()
    {
        await using var call = _channel.Duplex(EchoMethods.Chat);
        await call.WriteAsync(new EchoRequest { Text = "bye" });

        Assert.Null(await call.ReadAsync());
        await Assert.ThrowsAsync<RpcException>(async () => await call.WriteAsync(new EchoRequest()));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_ServerFails_ReadingTells()
    {
        await using var call = _channel.Duplex(EchoMethods.Chat);
        await call.WriteAsync(new EchoRequest { Text = "one" });
        await call.WriteAsync(new EchoRequest { Text = "fail" });

        Assert.Equal("one", (await call.ReadAsync())!.Text);
        AssertIsTheFailure(await Assert.ThrowsAsync<RpcException>(async () => await call.ReadAsync()));
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_Cancelled_ServerHearsOfIt()
    {
        using var cancellation = new CancellationTokenSource();
        await using var call = _channel.Duplex(EchoMethods.Chat, cancellation.Token);
        await call.WriteAsync(Hold);
        await call.ReadAsync();
        var reading = call.ReadAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await ServerHeardOfItAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Duplex_DisposedOf_ServerHearsOfIt()
    {
        await using (var call = _channel.Duplex(EchoMethods.Chat))
        {
            await call.WriteAsync(Hold);
            await call.ReadAsync();
        }

        await ServerHeardOfItAsync();
    }

    private static void AssertIsTheFailure(RpcException failure)
    {
        Assert.Equal(RpcStatusCode.NotFound, failure.Code);
        Assert.Equal(EchoService.FailDetail, failure.Detail);
        Assert.Equal("because", failure.Trailers.GetText("reason"));
        Assert.Equal(EchoService.FailBytes, failure.Trailers.GetBytes("detail-bin")?.ToArray());
    }

    // Answered once the server has seen one more call cancelled than it was asked about before.
    private Task ServerHeardOfItAsync() =>
        _channel.UnaryAsync(EchoMethods.Say, new EchoRequest { Text = "await cancelled" });
}
