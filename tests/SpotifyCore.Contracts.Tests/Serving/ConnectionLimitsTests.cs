using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Serving;

/// <summary>What strangers may hold of a server, always with somebody honest beside them.</summary>
public sealed class ConnectionLimitsTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Connection_ThatSaysNothing_IsClosedAndOneWithASessionIsNot()
    {
        var time = new ManualTimeProvider();
        await using var server = await StartAsync(new GrpcServerOptions { StrangerSeconds = 1 }, time: time);
        using var honest = Connect(server, session: "known");
        using var idle = new EchoClient(honest).Chat();
        await idle.ResponseHeadersAsync;
        using var silent = await OpenAsync(server);
        await TakenAsync(silent);

        time.Advance(TimeSpan.FromSeconds(1));

        await ClosedAsync(silent);

        await idle.RequestStream.WriteAsync(new EchoRequest { Text = "here" });
        Assert.True(await idle.ResponseStream.MoveNext(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Call_ThatWasOnItsWayWhenItsConnectionHadBeenSilentForTooLong_IsAnswered()
    {
        var time = new ManualTimeProvider();
        await using var server = await StartAsync(new GrpcServerOptions { StrangerSeconds = 1 }, time: time);
        await using var line = new HoldingLine(new Uri(server.Addresses[0]).Port);
        using var honest = new EndpointChannel(new EndpointChannelOptions { Address = line.Address });
        var calls = new EchoClient(honest);
        await calls.SayAsync(new EchoRequest());

        line.Hold();
        var call = calls.SayAsync(new EchoRequest { Count = 5 });
        await line.HeldAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await line.EndedByServerAsync();

        Assert.Equal(5, (await call).Number);
    }

    [Fact(Timeout = Patience)]
    public async Task Call_WhoseMessageDoesNotCome_IsClosedAndOneThatWaitsForUsIsNot()
    {
        var time = new ManualTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new StrangerGate(method =>
        {
            if (method.EndsWith("/Say", StringComparison.Ordinal))
                asked.TrySetResult();
        });
        await using var server = await StartAsync(new GrpcServerOptions { StrangerSeconds = 1 }, gate, time);
        using var honest = Connect(server);
        using var hanging = new EchoClient(honest).Count(new EchoRequest { Text = "idle", Count = 1 });
        Assert.True(await hanging.ResponseStream.MoveNext(default));
        var next = hanging.ResponseStream.MoveNext(default);
        using var http = new HttpClient();
        using var half = new HttpRequestMessage(HttpMethod.Post, $"{server.Addresses[0]}/spotifycore.tests.v1.Echo/Say")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new HalfContent(),
        };

        var sending = http.SendAsync(half);
        await asked.Task;

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => time.AdvanceUntilAsync(sending));

        await new EchoClient(honest).SayAsync(new EchoRequest());
        Assert.False(next.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_OverTheStrangersOfAnAddress_TheOldestGoesAndTheHonestGetsIn()
    {
        await using var server = await StartAsync(
            new GrpcServerOptions { MaxStrangersPerAddress = 4, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600 });
        var silent = new List<Socket>();
        for (var i = 0; i < 4; i++)
        {
            silent.Add(await OpenAsync(server));
            await TakenAsync(silent[i]);
        }

        using var honest = Connect(server);
        await new EchoClient(honest).SayAsync(new EchoRequest());

        await ClosedAsync(silent[0]);
        silent.ForEach(static socket => socket.Dispose());
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_OverTheStrangersOfAnAddress_ThatComeAtOnceDoNotPushOutEachOther()
    {
        await using var server = await StartAsync(
            new GrpcServerOptions { MaxStrangersPerAddress = 8, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600 });
        for (var round = 0; round < 50; round++)
        {
            var silent = new List<Socket>();
            for (var i = 0; i < 8; i++)
            {
                silent.Add(await OpenAsync(server));
                await TakenAsync(silent[i]);
            }

            var honest = Enumerable.Range(0, 8).Select(_ => Connect(server)).ToList();
            await Task.WhenAll(honest.Select(async one => await new EchoClient(one).SayAsync(new EchoRequest())));

            honest.ForEach(static one => one.Dispose());
            silent.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_OverTheStrangersOfAnAddress_WhoHasJustSpokenStays()
    {
        await using var server = await StartAsync(
            new GrpcServerOptions { MaxStrangersPerAddress = 2, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600 });
        using var speaker = Connect(server);
        await new EchoClient(speaker).SayAsync(new EchoRequest());
        using var silent = await OpenAsync(server);
        await TakenAsync(silent);
        await new EchoClient(speaker).SayAsync(new EchoRequest());

        using var third = Connect(server);
        await new EchoClient(third).SayAsync(new EchoRequest());

        await ClosedAsync(silent);
    }

    [Theory(Timeout = Patience)]
    [InlineData(4, 100)]
    [InlineData(100, 4)]
    public async Task Connections_OverTheLimitInAll_OneGoesOfTheAddressWithTheMost(int strangers, int connections)
    {
        await using var server = await StartAsync(new GrpcServerOptions
        {
            MaxStrangers = strangers, MaxConnections = connections, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600,
        });
        using var alone = await OpenAsync(server, "127.0.0.3");
        await TakenAsync(alone);
        var crowd = new List<Socket>();
        for (var i = 0; i < 3; i++)
        {
            crowd.Add(await OpenAsync(server, "127.0.0.2"));
            await TakenAsync(crowd[i]);
        }

        for (var i = 0; i < 20; i++)
        {
            // As often as they like: they push out each other alone.
            crowd.Add(await OpenAsync(server, "127.0.0.2"));
            await ClosedAsync(crowd[i]);
        }

        using var honest = Connect(server);
        await new EchoClient(honest).SayAsync(new EchoRequest());

        // It is spoken to still: a ping is answered.
        await alone.SendAsync("\0\0\u0008\u0006\0\0\0\0\012345678"u8.ToArray());
        var answer = new List<byte>();
        var received = new byte[256];
        while (!Encoding.ASCII.GetString([.. answer]).EndsWith("12345678", StringComparison.Ordinal))
        {
            var length = await alone.ReceiveAsync(received);
            Assert.NotEqual(0, length);
            answer.AddRange(received.AsSpan(0, length));
        }

        crowd.ForEach(static socket => socket.Dispose());
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_OverThoseServedWhileSilent_WaitForTheirTurn()
    {
        await using var server = await StartAsync(new GrpcServerOptions
        {
            MaxSilentStrangers = 1, StrangerSeconds = 3_600, CrowdedStrangerSeconds = 3_600, KeepAliveSeconds = 3_600,
        });
        using var silent = await OpenAsync(server, "127.0.0.2");
        await TakenAsync(silent);
        var crowd = new List<Socket>();
        for (var i = 0; i < 20; i++)
            crowd.Add(await OpenAsync(server, "127.0.0.2"));

        using var honest = Connect(server);
        var answer = new EchoClient(honest).SayAsync(new EchoRequest { Count = 7 }).ResponseAsync;
        var taken = Task.WhenAll(crowd.Select(TakenAsync));

        // Only who has come by the time that a turn is handed out can have it.
        await Eventually.TrueAsync(() => server.WaitingConnections == crowd.Count + 1);
        Assert.False(answer.IsCompleted);
        silent.Dispose();

        // His turn comes before that of those who were there first.
        Assert.Equal(7, (await answer).Number);
        Assert.False(taken.IsCompleted);
        crowd.ForEach(static socket => socket.Dispose());
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_ThatAreServedWhileSilent_CountAmongThoseThatWait()
    {
        await using var server = await StartAsync(new GrpcServerOptions
        {
            MaxSilentStrangers = 2, StrangerSeconds = 3_600, CrowdedStrangerSeconds = 3_600, KeepAliveSeconds = 3_600,
        });
        using var silent = await OpenAsync(server, "127.0.0.2");
        await TakenAsync(silent);
        using var other = await OpenAsync(server, "127.0.0.2");
        await TakenAsync(other);
        using var newcomer = await OpenAsync(server);
        using var again = await OpenAsync(server, "127.0.0.2");
        var taken = TakenAsync(again);
        await Eventually.TrueAsync(() => server.WaitingConnections == 2);

        other.Dispose();

        // Each has one that waits, and the crowd's is the later, but another of the crowd's is served.
        await TakenAsync(newcomer);
        Assert.False(taken.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_ThatAreSilentWhileOthersWait_GoSooner()
    {
        await using var server = await StartAsync(new GrpcServerOptions
        {
            MaxSilentStrangers = 2, StrangerSeconds = 3_600, CrowdedStrangerSeconds = 1, KeepAliveSeconds = 3_600,
        });
        using var first = await OpenAsync(server, "127.0.0.2");
        await TakenAsync(first);
        using var second = await OpenAsync(server, "127.0.0.2");
        await TakenAsync(second);

        using var honest = Connect(server);
        await new EchoClient(honest).SayAsync(new EchoRequest());

        await ClosedAsync(first);
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_ThatAreAnswered_KeepNobodyFromHisTurn()
    {
        await using var server = await StartAsync(new GrpcServerOptions
        {
            MaxSilentStrangers = 1, StrangerSeconds = 3_600, CrowdedStrangerSeconds = 3_600, KeepAliveSeconds = 3_600,
        });
        using var busy = Connect(server);
        using var hanging = new EchoClient(busy).Count(new EchoRequest { Text = "idle", Count = 1 });
        Assert.True(await hanging.ResponseStream.MoveNext(default));
        var next = hanging.ResponseStream.MoveNext(default);

        using var honest = Connect(server);
        await new EchoClient(honest).SayAsync(new EchoRequest());

        Assert.False(next.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_OverTheAddressesLimit_AreClosed()
    {
        await using var server = await StartAsync(
            new GrpcServerOptions { MaxConnectionsPerAddress = 1, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600 });
        using var first = Connect(server, session: "known");
        await new EchoClient(first).SayAsync(new EchoRequest());

        await TurnedAwayAsync(server, from: "127.0.0.1");

        await new EchoClient(first).SayAsync(new EchoRequest());
    }

    [Fact(Timeout = Patience)]
    public async Task Connections_AllTakenByKnownCallersWithOneEach_OthersAreTurnedAway()
    {
        await using var server = await StartAsync(
            new GrpcServerOptions { MaxConnections = 1, StrangerSeconds = 3_600, KeepAliveSeconds = 3_600 });
        using var first = Connect(server, session: "known");
        using var chat = new EchoClient(first).Chat();
        await chat.ResponseHeadersAsync;

        await TurnedAwayAsync(server, from: "127.0.0.2");

        await chat.RequestStream.WriteAsync(new EchoRequest { Text = "here" });
        Assert.True(await chat.ResponseStream.MoveNext(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Calls_OverAStrangersLimit_AreRefused()
    {
        await using var server = await StartAsync(new GrpcServerOptions { MaxStrangerCalls = 1, StrangerSeconds = 3_600 });
        using var channel = Connect(server);
        using var first = new EchoClient(channel).Chat();
        await first.RequestStream.WriteAsync(new EchoRequest());
        await first.ResponseHeadersAsync;

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await new EchoClient(channel).SayAsync(new EchoRequest()));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Messages_FarOverAStrangersLimit_AreRefusedAndTheHonestIsAnswered()
    {
        await using var server = await StartAsync(new GrpcServerOptions { StrangerSeconds = 3_600 });
        var huge = new EchoRequest { Data = UnsafeByteOperations.UnsafeWrap(new byte[15 << 20]) };
        var attackers = Enumerable.Range(0, 12).Select(_ => Connect(server)).ToList();
        using var honest = Connect(server);

        var attacks = attackers.Select(async attacker =>
            (await Assert.ThrowsAsync<RpcException>(async () => await new EchoClient(attacker).SayAsync(huge))).StatusCode);
        var refused = Task.WhenAll(attacks);
        for (var i = 0; i < 100; i++)
            Assert.Equal(i, (await new EchoClient(honest).SayAsync(new EchoRequest { Count = i })).Number);

        Assert.All(await refused, static code => Assert.Equal(StatusCode.ResourceExhausted, code));
        attackers.ForEach(static attacker => attacker.Dispose());
    }

    private static async Task<GrpcServer> StartAsync(
        GrpcServerOptions options, StrangerGate? gate = null, TimeProvider? time = null)
    {
        options.Address = "http://127.0.0.1:0";
        var server = new GrpcServer(
            Options.Create(options), [EchoService.Create(gate ?? new StrangerGate())], time ?? TimeProvider.System,
            NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private static EndpointChannel Connect(GrpcServer server, string? session = null) =>
        new(new EndpointChannelOptions { Address = server.Addresses[0] }) { Session = session };

    private static async Task TurnedAwayAsync(GrpcServer server, string from)
    {
        try
        {
            using var socket = await OpenAsync(server, from);
            await ClosedAsync(socket);
        }
        catch (SocketException)
        {
            // Reset before it was told that it stands.
        }
    }

    private static async Task<Socket> OpenAsync(GrpcServer server, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Addresses[0]).Port);
        return socket;
    }

    /// <summary>Returns once the server has taken the connection, whose settings it has sent and are read.</summary>
    private static async Task TakenAsync(Socket socket)
    {
        await socket.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray());
        Assert.NotEqual(0, await socket.ReceiveAsync(new byte[1]));
    }

    /// <summary>Returns once the server has closed the connection, in whichever way.</summary>
    private static async Task ClosedAsync(Socket socket)
    {
        var received = new byte[1_024];
        try
        {
            // A server speaks first in HTTP/2: its settings may come before the end.
            while (await socket.ReceiveAsync(received) > 0)
                continue;
        }
        catch (SocketException)
        {
            // Reset.
        }
    }

    /// <summary>Says that 100 bytes come, and sends none.</summary>
    private sealed class HalfContent : HttpContent
    {
        public HalfContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 0, 100 });
            await stream.FlushAsync();
            await new TaskCompletionSource().Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
