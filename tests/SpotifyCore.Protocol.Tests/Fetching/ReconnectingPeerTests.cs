using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Fetching;

public sealed class ReconnectingPeerTests : ITransport, IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly NodeAddress Address = new(null, "node", 7);
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryTransport _network = new(new MemoryNetwork());
    private readonly List<RawPeer> _accepted = [];
    private IConnectionListener? _listener;
    private int _tries;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var peer in _accepted)
            await peer.DisposeAsync();

        if (_listener is not null)
            await _listener.DisposeAsync();
    }

    [Fact]
    public async Task GetAsync_ByManyAtOnce_IsOneConnection()
    {
        await ListenAsync();
        await using var link = Link(Pause);

        var asked = Enumerable.Range(0, 10).Select(_ => GetAsync(link)).ToList();
        await AcceptAsync();

        Assert.Single((await Task.WhenAll(asked)).Distinct(), static client => client is { IsAlive: true });
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task GetAsync_ConnectionStands_AllocatesNothing()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        await ConnectAsync(link);

        AllocationAssert.None(link, static link => Assert.True(link.GetAsync(default, default).IsCompletedSuccessfully));
    }

    [Fact]
    public async Task GetAsync_ConnectionLost_IsMadeAgainAtOnce()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var lost = await ConnectAsync(link);
        await _accepted[0].DisposeAsync();
        await lost.Closed;

        Assert.NotSame(lost, await ConnectAsync(link));
        Assert.Equal(2, _tries);
    }

    [Fact]
    public async Task GetAsync_NodeGoesAway_IsMadeAgainWhileWhatIsUnderWayFinishes()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var (leaving, holds) = await LeaveAsync(link);

        var next = await ConnectAsync(link);

        Assert.NotSame(leaving, next);
        Assert.False(leaving.Closed.IsCompleted);
        await AnswerAsync(_accepted[0], holds);
        Assert.Same(next, await GetAsync(link));
    }

    [Fact]
    public async Task GetAsync_NodeGoesAwayAndIsOutOfReach_FinishesWhatIsUnderWay()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var (_, holds) = await LeaveAsync(link);
        await _listener!.DisposeAsync();

        Assert.Null(await GetAsync(link));

        await AnswerAsync(_accepted[0], holds);
    }

    [Fact]
    public async Task GetAsync_NodeGoesAwayAgainAndAgain_WaitsForTheLast()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var (first, unanswered) = await LeaveAsync(link);
        var (_, holds) = await LeaveAsync(link);

        await ConnectAsync(link);

        Assert.True(first.Closed.IsCompleted);
        Assert.Null(await unanswered);
        await AnswerAsync(_accepted[1], holds);
    }

    [Fact]
    public async Task DisposeAsync_NodeGoesAway_EndsWhatIsUnderWay()
    {
        await ListenAsync();
        var link = Link(Pause);
        var (leaving, holds) = await LeaveAsync(link);
        await ConnectAsync(link);

        await link.DisposeAsync();

        Assert.True(leaving.Closed.IsCompleted);
        Assert.Null(await holds);
    }

    [Fact]
    public async Task Note_OverOneThatIsLeft_IsNothingToTheNext()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var (leaving, _) = await LeaveAsync(link);
        var next = await ConnectAsync(link);
        link.Note(next, answered: false);

        link.Note(leaving, answered: false);
        Assert.Same(next, await GetAsync(link));

        link.Note(leaving, answered: true);
        link.Note(next, answered: false);
        Assert.Null(await GetAsync(link));
    }

    [Fact]
    public async Task GetAsync_OutOfReach_IsLeftAloneForItsPause()
    {
        await using var link = Link(Pause);

        Assert.Null(await GetAsync(link));
        Assert.Null(await GetAsync(link));
        Assert.Equal(1, _tries);
        Assert.IsType<IOException>(link.Failure);

        await ListenAsync();
        _time.Advance(Pause);
        Assert.True((await ConnectAsync(link)).IsAlive);
        Assert.Equal(2, _tries);
        Assert.Null(link.Failure);
    }

    [Fact]
    public async Task GetAsync_OutOfReachWithoutAPause_IsTriedEachTime()
    {
        await using var link = Link(TimeSpan.Zero);

        Assert.Null(await GetAsync(link));
        Assert.Null(await GetAsync(link));

        Assert.Equal(2, _tries);
    }

    [Fact]
    public async Task GetAsync_HelloRefused_SaysWhy()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var asked = GetAsync(link);
        var peer = await TakeAsync();
        await peer.ReceiveAsync();
        await peer.SendAsync(PeerMessage.HelloRefused(ProtocolCode.TicketExpired));

        Assert.Null(await asked);
        Assert.Equal(ProtocolCode.TicketExpired, Assert.IsType<ProtocolException>(link.Failure).Code);
    }

    [Fact]
    public async Task GetAsync_AnotherTicket_IsShownOnce()
    {
        byte[] first = [1, 2, 3];
        byte[] second = [4, 5];
        await ListenAsync();
        await using var link = Link(Pause);
        var asked = link.GetAsync(first, default).AsTask();
        var peer = await TakeAsync();
        Assert.Equal(first, (await peer.ReceiveWithPayloadAsync())!.Value.Payload);
        await peer.SendAsync(PeerMessage.HelloReply(1, PeerRole.Node, 0, 64));
        await asked;

        foreach (var ticket in (byte[][])[first, second, second])
            Assert.Same(await asked, await link.GetAsync(ticket, default));

        var (message, payload) = (await peer.ReceiveWithPayloadAsync())!.Value;
        Assert.Equal(PeerMessageKind.TicketRefresh, message.Kind);
        Assert.Equal(second, payload);
        var holds = (await asked)!.HoldsAsync(default);
        Assert.Equal(PeerMessageKind.HaveRequest, (await peer.ReceiveAsync())!.Value.Kind);
        await peer.SendAsync(PeerMessage.Have(1, default, HaveKind.None));
        await holds;
    }

    [Fact]
    public async Task Note_UnansweredInARow_GivesTheConnectionUpForAPause()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        var silent = await ConnectAsync(link);
        link.Note(silent, answered: false);
        link.Note(silent, answered: true);
        link.Note(silent, answered: false);
        Assert.Same(silent, await GetAsync(link));

        link.Note(silent, answered: false);

        await silent.Closed;
        Assert.Null(await GetAsync(link));
        _time.Advance(Pause);
        Assert.NotSame(silent, await ConnectAsync(link));
    }

    [Fact]
    public async Task GetAsync_CallerGivesUp_TheTryGoesOnForTheOthers()
    {
        await ListenAsync();
        await using var link = Link(Pause);
        using var given = new CancellationTokenSource();
        var gone = link.GetAsync(default, given.Token).AsTask();
        var stays = GetAsync(link);

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await AcceptAsync();

        Assert.NotNull(await stays);
        Assert.Equal(1, _tries);
    }

    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _tries);
        return _network.ConnectAsync(address, cancellationToken);
    }

    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        _network.ListenAsync(endPoint, cancellationToken);

    private static Task<ChunkClient?> GetAsync(ReconnectingPeer link) => link.GetAsync(default, default).AsTask();

    private ReconnectingPeer Link(TimeSpan pause) => new(
        this,
        Address,
        new ReconnectingPeerOptions { FirstPause = pause, LongestPause = pause, SilentReads = 2 },
        _time,
        NullLogger<ReconnectingPeer>.Instance);

    private async Task ListenAsync() =>
        _listener = await _network.ListenAsync(new IPEndPoint(IPAddress.Loopback, Address.Port));

    private async Task<ChunkClient> ConnectAsync(ReconnectingPeer link)
    {
        var asked = GetAsync(link);
        await AcceptAsync();
        return (await asked)!;
    }

    /// <summary>A connection that the node goes away on while it is asked what it holds.</summary>
    private async Task<(ChunkClient Leaving, Task<HaveKind?> Holds)> LeaveAsync(ReconnectingPeer link)
    {
        var leaving = await ConnectAsync(link);
        var node = _accepted[^1];
        var holds = leaving.HoldsAsync(default).AsTask();
        Assert.Equal(PeerMessageKind.HaveRequest, (await node.ReceiveAsync())!.Value.Kind);
        await node.SendAsync(PeerMessage.GoAway(ProtocolCode.GoingAway));
        await Eventually.TrueAsync(() => !leaving.IsAlive);
        return (leaving, holds);
    }

    private static async Task AnswerAsync(RawPeer node, Task<HaveKind?> holds)
    {
        await node.SendAsync(PeerMessage.Have(1, default, HaveKind.Whole));
        Assert.Equal(HaveKind.Whole, await holds);
    }

    private async Task AcceptAsync() => _accepted.Add(await RawPeer.AcceptAsync(_listener!));

    private async Task<RawPeer> TakeAsync()
    {
        _accepted.Add(new RawPeer((await _listener!.AcceptAsync())!));
        return _accepted[^1];
    }
}
