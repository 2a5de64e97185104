using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Serving;
using SpotifyCore.Rpc.Tests.Contracts;
using SpotifyCore.Rpc.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Rpc.Tests.Serving;

public sealed class RpcDispatcherTests
{
    private const int MaxMessageBytes = 1_000;
    private const string Say = "/spotifycore.tests.v1.Echo/Say";
    private const string Count = "/spotifycore.tests.v1.Echo/Count";
    private const string Collect = "/spotifycore.tests.v1.Echo/Collect";
    private const string Gate = "/spotifycore.tests.v1.Missing/Say";
    private const string Chat = "/spotifycore.tests.v1.Echo/Chat";

    private readonly ManualTimeProvider _time = new();
    private readonly RpcDispatcher _dispatcher;

    public RpcDispatcherTests() => _dispatcher = new RpcDispatcher(
        [new EchoService().Build()], MaxMessageBytes, _time, NullLogger.Instance);

    [Fact]
    public async Task Run_Unary_AnswersOneFrame()
    {
        var exchange = new MemoryExchange(Say).Send(MemoryExchange.Frame(new EchoRequest { Text = "hello" }));

        await _dispatcher.RunAsync(exchange);

        var response = await exchange.Response.ReadAsync();
        Assert.Equal(MemoryExchange.Frame(new EchoReply { Text = "hello" }), response.Buffer.ToArray());
        Assert.Equal("0", exchange.Trailers["grpc-status"]);
        Assert.Equal("identity", exchange.Headers["grpc-accept-encoding"]);
        Assert.True(exchange.HasEnded);
    }

    // On a thread of the pool, where no test's synchronization context puts continuations off.
    [Fact]
    public Task Run_MessagesCutAnywhere_AreReadWhole() => Task.Run(() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(), ArbMap.Default.ArbFor<byte>(), (texts, cut) =>
        {
            var sent = texts.Select(text => new EchoRequest { Text = Valid(text) }).ToArray();
            var bytes = sent.SelectMany(message => MemoryExchange.Frame(message)).ToArray();
            var exchange = new MemoryExchange(Collect);
            var running = _dispatcher.RunAsync(exchange);

            foreach (var part in bytes.Chunk(cut % 7 + 1))
                exchange.Push(part);

            exchange.Request.Complete();
            Assert.True(exchange.Response.TryRead(out var response) && running.IsCompletedSuccessfully);

            var reply = EchoReply.Parser.ParseFrom(response.Buffer.Slice(5));
            return reply.Text == string.Concat(sent.Select(message => message.Text)) && reply.Number == sent.Length;
        }).QuickCheckThrowOnFailure());

    [Fact]
    public async Task Run_Failure_IsHeadersAlone()
    {
        var exchange = new MemoryExchange(Say).Send(MemoryExchange.Frame(new EchoRequest { Text = "fail" }));

        await _dispatcher.RunAsync(exchange);

        Assert.False(exchange.HasStarted);
        Assert.Equal("5", exchange.Headers["grpc-status"]);
        Assert.Equal("nothing called \"%C3%B1\" %E2%80%93 100 %25%0Afound %2541", exchange.Headers["grpc-message"]);
        Assert.Equal("AAH+/w", exchange.Headers["detail-bin"]);
    }

    [Theory]
    [InlineData(new byte[0], RpcStatusCode.Unimplemented)]                       // no message
    [InlineData(new byte[] { 0, 0, 0 }, RpcStatusCode.Internal)]                 // half a prefix
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, RpcStatusCode.Internal)]        // half a message
    [InlineData(new byte[] { 7, 0, 0, 0, 0 }, RpcStatusCode.Internal)]           // no such flag
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, RpcStatusCode.Internal)]           // compressed by nothing
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 }, RpcStatusCode.Internal)]      // no protobuf
    [InlineData(new byte[] { 0, 255, 255, 255, 255 }, RpcStatusCode.ResourceExhausted)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, RpcStatusCode.Unimplemented)] // two messages
    public async Task Run_UnaryWithWrongBody_IsRefused(byte[] body, RpcStatusCode expected)
    {
        var exchange = new MemoryExchange(Say).Send(body);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal(((int)expected).ToString(), exchange.Status);
    }

    [Fact]
    public async Task Run_AnnouncedCompression_IsUnimplemented()
    {
        var exchange = new MemoryExchange(Say).With("grpc-encoding", "gzip").Send(1, 0, 0, 0, 0);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("12", exchange.Status);
        Assert.Equal("identity", exchange.Headers["grpc-accept-encoding"]);
    }

    [Fact]
    public async Task Run_ReplyOverTheLimit_IsResourceExhausted()
    {
        var request = new EchoRequest { Text = "data", Count = MaxMessageBytes };
        var exchange = new MemoryExchange(Say).Send(MemoryExchange.Frame(request));

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("8", exchange.Status);
    }

    [Theory]
    [InlineData("/spotifycore.tests.v1.Echo/say")]
    [InlineData("/Echo/Say")]
    [InlineData("/")]
    public async Task Run_UnknownPath_IsUnimplemented(string path)
    {
        var exchange = new MemoryExchange(path).Send();

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("12", exchange.Status);
        Assert.False(exchange.HasStarted);
    }

    [Theory]
    [InlineData("5S", 5_000)]
    [InlineData("250m", 250)]
    [InlineData("99999999u", 99_999)]
    [InlineData("2000000n", 2)]
    [InlineData("1M", 60_000)]
    public async Task Run_Timeout_CancelsOnTimeAndNotBefore(string timeout, int milliseconds)
    {
        var exchange = new MemoryExchange(Say)
            .With("grpc-timeout", timeout).Send(MemoryExchange.Frame(new EchoRequest { Text = "idle" }));
        var running = _dispatcher.RunAsync(exchange);

        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        await running;

        Assert.Equal("4", exchange.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("S")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    public async Task Run_MalformedTimeout_IsInternal(string timeout)
    {
        var exchange = new MemoryExchange(Say).With("grpc-timeout", timeout).Send(0, 0, 0, 0, 0);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("13", exchange.Status);
    }

    [Fact]
    public async Task Run_EndlessTimeout_IsNoError()
    {
        var exchange = new MemoryExchange(Say).With("grpc-timeout", "99999999H").Send(0, 0, 0, 0, 0);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("0", exchange.Status);
    }

    [Fact]
    public async Task Run_BinaryMetadataThatIsNotBase64_IsInternal()
    {
        var exchange = new MemoryExchange(Say).With("x-bin", "?").Send(0, 0, 0, 0, 0);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal("13", exchange.Status);
    }

    [Fact]
    public async Task Run_Aborted_HandlerIsCancelledAndNothingSent()
    {
        var exchange = new MemoryExchange(Say).Send(MemoryExchange.Frame(new EchoRequest { Text = "idle" }));
        var running = _dispatcher.RunAsync(exchange);

        await exchange.AbortAsync();
        await running;

        Assert.False(exchange.HasEnded);
    }

    [Fact]
    public async Task Run_ServerStops_StreamsAreUnavailable()
    {
        var exchange = new MemoryExchange(Chat);
        var running = _dispatcher.RunAsync(exchange);

        await exchange.StopAsync();
        await running;

        Assert.Equal("14", exchange.Status);
    }

    [Fact]
    public async Task Run_ServerStops_UnaryFinishes()
    {
        var exchange = new MemoryExchange(Say);
        var running = _dispatcher.RunAsync(exchange);

        await exchange.StopAsync();
        exchange.Send(0, 0, 0, 0, 0);
        await running;

        Assert.Equal("0", exchange.Status);
    }

    [Theory]
    [InlineData(Say, false)]
    [InlineData(Count, false)]
    [InlineData(Collect, true)]
    [InlineData(Chat, true)]
    public async Task Run_StreamOfRequests_MayPause(string path, bool expected)
    {
        var exchange = new MemoryExchange(path).Send(0, 0, 0, 0, 0);

        await _dispatcher.RunAsync(exchange);

        Assert.Equal(expected, exchange.MayPause);
    }

    [Fact]
    public async Task Run_GateRefuses_HandlerIsNotReached()
    {
        var reached = false;
        var exchange = new MemoryExchange(Gate).Send(0, 0, 0, 0, 0);

        await Gated(new RpcException(RpcStatusCode.Unauthenticated, "Who?"), _ => reached = true).RunAsync(exchange);

        Assert.Equal("16", exchange.Status);
        Assert.False(reached);
    }

    [Fact]
    public async Task Run_GateKnowsTheCaller_HandlerSeesIt()
    {
        object? caller = null;
        var exchange = new MemoryExchange(Gate).With("authorization", "Bearer me").Send(0, 0, 0, 0, 0);

        await Gated(null, call => caller = call.Caller).RunAsync(exchange);

        Assert.Equal("Bearer me", caller);
    }

    [Fact]
    public void Constructor_SameServiceTwice_Throws() => Assert.Throws<ArgumentException>(() => new RpcDispatcher(
        [new EchoService().Build(), new EchoService().Build()], MaxMessageBytes, _time, NullLogger.Instance));

    private RpcDispatcher Gated(RpcException? refusal, Action<RpcServerCall> onSay)
    {
        var service = new RpcServiceBuilder(
                EchoReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.ServiceDescriptor>("Missing"))
            .Gate(call =>
            {
                call.Caller = call.Metadata.GetText("authorization");
                return refusal is null ? ValueTask.CompletedTask : ValueTask.FromException(refusal);
            })
            .Unary<EchoRequest, EchoReply>("Say", (_, call) =>
            {
                onSay(call);
                return Task.FromResult(new EchoReply());
            })
            .Build();
        return new RpcDispatcher([service], MaxMessageBytes, _time, NullLogger.Instance);
    }

    // No lone surrogates, which no UTF-8 carries, and none of the texts that mean something.
    private static string Valid(string? text) => new([.. $"x{text}".Where(c => !char.IsSurrogate(c)).Take(40)]);
}
