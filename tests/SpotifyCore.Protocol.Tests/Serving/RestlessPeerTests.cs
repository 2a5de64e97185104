using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>Time passes for a connection over which something always comes, as for any other.</summary>
public sealed class RestlessPeerTests
{
    private static readonly byte[] UnknownKind = [0, 0, 0, 0, 0xee, 0, 0, 0, 0, 0];
    private readonly ManualTimeProvider _time = new();
    private readonly ChunkServerOptions _options = new();
    private readonly RestlessConnection _peer = new();
    private readonly ChunkServer _server;

    public RestlessPeerTests()
    {
        _server = new ChunkServer(
            new FileShelf().Backend, new AccessGate(null), _options, _time, NullLogger<ChunkServer>.Instance);
        _peer.Say(PeerMessage.Hello(PeerRole.Peer, 0, 64));
    }

    [Fact]
    public async Task Serve_ThatBrokeARuleAndTalksOn_IsClosedAfterASecond()
    {
        _peer.Say(UnknownKind);

        var serving = Serve();

        await Eventually.TrueAsync(() => HasEndedAfterASecond(serving));
        await serving;
    }

    [Fact]
    public async Task Serve_ThatHasAReadUnderWayAndTalksOn_IsClosedAfterTheDrainTimeout()
    {
        using var stopping = new CancellationTokenSource();
        var gated = new GatedSource(new FileShelf());
        gated.Close(default);
        var server = new ChunkServer(
            new ChunkServerBackend(gated, new FileShelf()), new AccessGate(null), _options, _time,
            NullLogger<ChunkServer>.Instance);
        _peer.Say(PeerMessage.RequestChunks(1, default, 0, 1, default, 0));
        var serving = Task.Run(() => server.ServeAsync(_peer, stopping.Token));
        await gated.NextAskedAsync();

        await stopping.CancelAsync();

        await Eventually.TrueAsync(() => HasEndedAfterASecond(serving));
        await serving;
    }

    [Fact]
    public async Task Serve_ThatDidNotReadForAWhile_IsServedOnAfterwards()
    {
        var serving = Serve();
        await ReceivesMoreAsync();
        await HoldUpAsync();
        _peer.ReadOn();
        await ReceivesMoreAsync();

        _time.Advance(_options.SendTimeout * 2);

        Assert.False(_peer.IsDisposed);
        _peer.End();
        await serving;
    }

    [Fact]
    public async Task Serve_ThatIsSlowToClose_HoldsUpNoOther()
    {
        _peer.HoldDispose();
        var serving = Serve();
        await ReceivesMoreAsync();
        await HoldUpAsync();

        var passing = Task.Run(PassUntilDisposing);
        await _peer.Disposing;

        // As every connection does that opens, ends or sets its time.
        var counted = Task.Run(() => _server.Usage.Connections);
        await Eventually.TrueAsync(() => counted.IsCompleted);
        Assert.False(passing.IsCompleted);
        _peer.LetDispose();
        await passing;
        await serving;
    }

    private Task Serve() => Task.Run(() => _server.ServeAsync(_peer, CancellationToken.None));

    private bool HasEndedAfterASecond(Task serving)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return serving.IsCompleted;
    }

    private void PassUntilDisposing()
    {
        while (!_peer.IsDisposed)
            _time.Advance(_options.SendTimeout);
    }

    private Task ReceivesMoreAsync()
    {
        // Two more: what came before the first of them has been dealt with.
        var seen = _peer.Receives;
        return Eventually.TrueAsync(() => _peer.Receives > seen + 1);
    }

    /// <summary>Has an answer wait for the peer to read, and nothing be received meanwhile.</summary>
    private async Task HoldUpAsync()
    {
        _peer.StopReading();
        _peer.Say(PeerMessage.Ping(1));
        await Eventually.TrueAsync(() => _peer.IsHoldingUp);
    }
}
