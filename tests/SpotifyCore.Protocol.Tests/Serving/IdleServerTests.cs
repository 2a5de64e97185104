using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>A server that nobody asks for anything sleeps.</summary>
public sealed class IdleServerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Serve_IdleConnections_TimersRestUntilTheirSignsOfLife()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf().Backend, null, _time);
        var peers = new List<RawPeer>();
        for (var i = 0; i < 50; i++)
            peers.Add(await GreetAsync(server));

        // Once for the hellos' time, and for that of a write which is noted late.
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.InRange(_time.Fired, 0, 3);

        // One timer for them all.
        var before = _time.Fired;
        var pings = Task.WhenAll(peers.Select(static peer => peer.ReceiveAsync()));
        await _time.AdvanceUntilAsync(pings);
        Assert.All(await pings, static message => Assert.Equal(PeerMessageKind.Ping, message!.Value.Kind));
        Assert.InRange(_time.Fired - before, 1, 5);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Serve_NobodyConnectedAnyMore_NoTimerIsSet()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf().Backend, null, _time);
        await (await GreetAsync(server)).DisposeAsync();
        await Eventually.TrueAsync(() => server.Server.Usage.Connections == 0);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, _time.Fired);
    }

    // What was answered after the hello is behind the server: it has nothing left to do.
    private static async Task<RawPeer> GreetAsync(ServerFixture server)
    {
        var peer = await RawPeer.GreetAsync(server);
        await peer.SendAsync(PeerMessage.Ping(1));
        Assert.Equal(PeerMessageKind.Pong, (await peer.ReceiveAsync())!.Value.Kind);
        return peer;
    }
}
