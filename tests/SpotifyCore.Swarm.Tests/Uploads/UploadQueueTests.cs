using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Uploads;
using SpotifyCore.Testing;

namespace SpotifyCore.Swarm.Tests.Uploads;

public sealed class UploadQueueTests
{
    private static readonly FileId File = new(77);

    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly UploadOptions _options = new() { MaxBytesPerSecond = int.MaxValue };
    private readonly UploadQueue _queue;
    private ActionBuffer _actions = new(16);
    private Instant _now = Now;

    public UploadQueueTests() => _queue = new UploadQueue(_options);

    [Fact]
    public void Ask_TwoRequestsOfOnePeer_GoOutOneAfterTheOther()
    {
        var peer = Peer(1);
        Ask(peer, 1, first: 0, count: 2);
        Ask(peer, 2, first: 8, count: 1);

        Assert.Equal([(1u, 0u)], Drain());
        _queue.Sent(peer, 1, 16_384, Now, ref _actions);
        Assert.Equal([(1u, 1u)], Drain());
        _queue.Sent(peer, 1, 16_384, Now, ref _actions);
        Assert.Equal([(2u, 8u)], Drain());
        _queue.Sent(peer, 2, 100, Now, ref _actions);
        Assert.Equal((0, 0), (_queue.Sending, _queue.Waiting));
        Assert.Equal(2 * 16_384 + 100, _queue.Status.Bytes);
    }

    [Theory]
    [InlineData(1, 0)] // Cut short: its session sends nothing more of it.
    [InlineData(1, 16_384)]
    [InlineData(3, 0)]
    [InlineData(3, 16_384)]
    public void Cancel_ChunkOnItsWay_EndsAsCancelledAndNotAsLacking(uint count, int sent)
    {
        var peer = Peer(1);
        Ask(peer, 1, first: 0, count);
        Drain();

        _queue.Cancel(peer, 1, ref _actions);
        _queue.Sent(peer, 1, sent, Now, ref _actions);

        var answer = Assert.Single(_actions.Actions.ToArray()).Message;
        Assert.Equal((PeerMessageKind.Error, 1u, ProtocolCode.Cancelled), (answer.Kind, answer.Request, answer.Code));
        Assert.Equal((0, 0), (_queue.Sending, _queue.Waiting));
    }

    [Fact]
    public void Ask_EqualPriority_PeersTakeTurns()
    {
        _options.Slots = 1;
        var (one, two) = (Peer(1), Peer(2));
        Ask(one, 1, 0, 2);
        Ask(two, 1, 10, 2);

        var order = new List<uint>();
        for (var i = 0; i < 4; i++)
        {
            var (request, chunk) = Assert.Single(Drain());
            order.Add(chunk);
            _queue.Sent(chunk < 10 ? one : two, request, 16_384, Now, ref _actions);
        }

        Assert.Equal([0u, 10u, 1u, 11u], order);
    }

    [Fact]
    public void Serve_PeersThatTakeSlowly_LeaveASlotToOthers()
    {
        _options.Slots = 5;
        _options.ShownAfterBytes = 0;
        Link[] slow = [Peer(1), Peer(2), Peer(3), Peer(4)];
        var quick = Peer(5);
        for (var i = 0u; i < slow.Length; i++)
            Ask(slow[i], i + 1, first: 10 * i, count: 4);

        Ask(quick, 5, first: 50, count: 2);
        Assert.Equal([0u, 10u, 20u, 30u, 50u], Drain().Select(sent => sent.Chunk));

        // Twice a chunk that set out later has left before theirs.
        _queue.Sent(quick, 5, 16_384, Now, ref _actions);
        _queue.Sent(quick, 5, 16_384, Now, ref _actions);
        Assert.Equal([(5u, 51u)], Drain());

        _queue.Sent(slow[0], 1, 16_384, Now, ref _actions);
        Assert.Empty(Drain());
        _queue.Sent(slow[1], 2, 16_384, Now, ref _actions);
        Assert.Equal([(1u, 1u)], Drain());
        Ask(quick, 6, first: 60, count: 1);
        Assert.Equal([(6u, 60u)], Drain());
    }

    [Fact]
    public void Serve_PeersThatHaveShownNothing_LeaveASlotToOneThatReads()
    {
        var reader = Peer(9, account: 90);
        for (var given = 0; given < _options.ShownAfterBytes; given += 16_384)
        {
            Ask(reader, 1, first: 0, count: 1);
            _queue.Sent(reader, 1, 16_384, Now, ref _actions);
        }

        _actions.Clear();
        for (var i = 1; i <= 4; i++)
            Ask(Peer(i, account: (UInt128)i, keep: true), (uint)i, first: 0, count: 1);

        Assert.Equal([1u, 2u, 3u], Drain().Select(sent => sent.Request));
        Ask(reader, 5, first: 0, count: 1);
        Assert.Equal([(5u, 0u)], Drain());
    }

    [Fact]
    public void Serve_ManyPeersOfOneAccount_ShareItsTurns()
    {
        _options.Slots = 1;
        Link[] crowd = [Peer(1, account: 7), Peer(2, account: 7), Peer(3, account: 7)];
        var other = Peer(4, account: 8);
        foreach (var (i, peer) in crowd.Index())
            Ask(peer, (uint)i + 1, first: 0, count: 2);

        Ask(other, 4, first: 0, count: 3);
        var order = new List<uint>();
        for (var i = 0; i < 6; i++)
        {
            var (request, _) = Assert.Single(Drain());
            order.Add(request);
            _queue.Sent(request == 4 ? other : crowd[request - 1], request, 16_384, Now, ref _actions);
        }

        Assert.Equal([1u, 4u, 2u, 4u, 3u, 4u], order);
    }

    [Fact]
    public void Ask_QueueFullOfOneAccount_MakesRoomForAnother()
    {
        _options.QueueLimit = 6;
        _options.Slots = 0;
        Link[] crowd = [Peer(1, account: 7), Peer(2, account: 7)];
        foreach (var peer in crowd)
        {
            for (var request = 1u; request <= 3; request++)
                Ask(peer, request, first: 0, count: 1);
        }

        var other = Peer(3, account: 8, keep: true);
        foreach (var request in new[] { 1u, 2u, 3u, 4u })
            Ask(other, request, first: 0, count: 1);

        var refused = _actions.Actions.ToArray().Where(action => action.Message.Kind == PeerMessageKind.Busy)
            .Select(action => (action.Connection.Value, action.Message.Request));
        Assert.Equal([(-2, 3u), (-2, 2u), (-2, 1u), (-3, 4u)], refused);
        Assert.Equal(6, _queue.Waiting);
    }

    [Fact]
    public void Forget_StalledPeers_LeaveTheirAccountOneSlotForAWhile()
    {
        Link[] crowd = [Peer(1, account: 7), Peer(2, account: 7), Peer(3, account: 7), Peer(4, account: 7)];
        foreach (var (i, peer) in crowd.Index())
            Ask(peer, (uint)i + 1, first: 0, count: 1);

        Assert.Equal(3, Drain().Length);
        _now += _options.StalledAfter;
        foreach (var peer in crowd.Where(peer => _queue.IsStalled(peer, _options.StalledAfter, _now)).ToArray())
            _queue.Forget(peer, _now, ref _actions);

        Assert.Equal([(4u, 0u)], Drain());
        Ask(Peer(5, account: 7, keep: true), 5, first: 0, count: 1);
        Ask(Peer(6, account: 8, keep: true), 6, first: 0, count: 1);
        Assert.Equal([(6u, 0u)], Drain());
        _now += _options.StallRemembered;
        _queue.Serve(_now, ref _actions);
        Assert.Equal([(5u, 0u)], Drain());
    }

    [Fact]
    public void Status_PeersThatTakeNothingBesideOneThatDoes_DoNotLowerTheMeasuredCap()
    {
        (_options.MaxBytesPerSecond, _options.ShownAfterBytes, _options.Slots) = (0, 0, 5);
        for (var i = 1; i <= 3; i++)
            Ask(Peer(i, account: 7, keep: true), 1, first: 0, count: 1);

        var reader = Peer(4, account: 8);
        Ask(reader, 4, first: 0, count: 100_000);
        var first = _queue.Status.LimitBytesPerSecond;
        while (_now - Now < TimeSpan.FromSeconds(60) && _queue.Sending + _queue.Waiting > 0)
        {
            if (Drain().Any(sent => sent.Request == 4))
            {
                // It leaves at the pace, and the next sets out once the cap allows.
                _now += TimeSpan.FromSeconds(16_384 / _queue.Status.PaceBytesPerSecond);
                _queue.Sent(reader, 4, 16_384, _now, ref _actions);
                continue;
            }

            _now = Max(_now, _queue.NextCheck(_now));
            while (_queue.NextOverlong(_now) is { } stalled)
                _queue.Forget(stalled, _now, ref _actions);

            _queue.Serve(_now, ref _actions);
        }

        Assert.True(_queue.Status.LimitBytesPerSecond > first * 2, $"{_queue.Status}");
    }

    [Fact]
    public void IsStalled_MoreAccountsThanRemembered_ForgetsTheOldest()
    {
        _options.StalledAccounts = 2;
        for (var i = 1; i <= 3; i++)
        {
            var peer = Peer(i, account: (UInt128)i);
            Ask(peer, 1, first: 0, count: 1);
            Assert.True(_queue.IsStalled(peer, _options.StalledAfter, Now));
            _queue.Forget(peer, Now, ref _actions);
        }

        _actions.Clear();
        foreach (var account in new[] { 1, 1, 3, 3 })
            Ask(Peer(10 + _queue.Sending + _queue.Waiting, (UInt128)account, keep: true), (uint)account, first: 0, count: 1);

        Assert.Equal([1u, 1u, 3u], Drain().Select(sent => sent.Request));
    }

    [Fact]
    public void SetHold_WaitingRequests_GoOutLater()
    {
        _options.Slots = 1;
        var (one, two) = (Peer(1), Peer(2));
        Ask(one, 1, 0, 1);
        Ask(two, 1, 10, 1);
        Drain();
        _queue.SetHold(UploadHold.OwnBuffer, Now, ref _actions);
        _queue.Sent(one, 1, 16_384, Now, ref _actions);
        Assert.Empty(Drain());

        _queue.SetHold(UploadHold.None, Now, ref _actions);
        Assert.Equal([(1u, 10u)], Drain());
    }

    [Fact]
    public void Ask_Disabled_IsOfferedToNobody()
    {
        _options.Enabled = false;
        var peer = Peer(1, allowed: false);
        _queue.AskHeld(peer, 1, File, ref _actions);
        Ask(peer, 2, 0, 1);

        var sent = _actions.Actions.ToArray();
        Assert.Equal(HaveKind.None, sent[0].Message.Holding);
        Assert.Equal(PeerMessage.Error(2, ProtocolCode.NotOffered), sent[1].Message);
    }

    [Fact]
    public void Serve_CapUsedUp_WaitsAndSaysUntilWhen()
    {
        _options.MaxBytesPerSecond = 16_384;
        var queue = new UploadQueue(_options);
        var peer = Peer(1);
        queue.AnswerHeld(peer, 9, File, held: true, ref _actions);
        _actions.Clear();
        var message = PeerMessage.RequestChunks(1, File, 0, 3, RequestPriority.Playing, 0);
        queue.Ask(peer, message, Now, ref _actions);
        queue.Sent(peer, 1, 16_384, Now, ref _actions);
        Assert.Equal([(1u, 0u)], Drain());

        var next = queue.NextCheck(Now);
        Assert.InRange(next - Now, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(10));
        queue.Serve(next, ref _actions);
        Assert.Equal([(1u, 1u)], Drain());
        queue.Sent(peer, 1, 16_384, next, ref _actions);
        Assert.InRange(queue.NextCheck(next) - next, TimeSpan.FromMilliseconds(990), TimeSpan.FromMilliseconds(1010));
    }

    [Fact]
    public void Ask_MonthUsedUp_HoldsUntilTheNext()
    {
        _options.MonthlyBytes = 1_000;
        var peer = Peer(1);
        _queue.CountMonth(1_000, Now, ref _actions);
        Ask(peer, 1, 0, 1);
        Assert.Equal(UploadHold.Budget, _queue.Hold);
        Assert.Equal(PeerMessageKind.NotFound, Assert.Single(_actions.Actions.ToArray()).Message.Kind);
        _actions.Clear();

        _queue.CountMonth(0, Now, ref _actions);
        Ask(peer, 2, 0, 1);
        Assert.Equal([(2u, 0u)], Drain());
    }

    [Fact]
    public void AskHeld_LanOnly_StrangersAreToldNothing()
    {
        _options.LanOnly = true;
        var (near, far) = (Peer(1, allowed: false), Peer(2, allowed: false));
        near.IsLocal = true;
        _queue.AskHeld(far, 1, File, ref _actions);
        _queue.AskHeld(near, 1, File, ref _actions);

        var actions = _actions.Actions.ToArray();
        Assert.Equal([ClientActionKind.Send, ClientActionKind.QueryHeld], actions.Select(action => action.Kind));
        Assert.Equal(HaveKind.None, actions[0].Message.Holding);
    }

    [Fact]
    public void Status_AfterUploads_SaysWhatWentUpToWhomAndWhy()
    {
        var peer = Peer(1);
        Ask(peer, 1, 0, 1);
        _queue.Sent(peer, 1, 16_384, Now, ref _actions);
        _queue.Ask(peer, PeerMessage.RequestChunks(2, File, 0, 1, RequestPriority.Prefetch, 0), Now, ref _actions);
        _queue.Sent(peer, 2, 100, Now, ref _actions);

        var status = _queue.Status;
        Assert.Equal((16_484, 16_484), (status.Bytes, status.MonthBytes));
        Assert.Equal((16_384, 100), (status.PlayingBytes, status.PrefetchBytes));
        var given = _queue.Of(peer);
        Assert.Equal((16_484, RequestPriority.Prefetch, false), (given.Given, given.Latest, given.IsServed));
    }

    [Fact]
    public void Ask_FilesBeyondThoseRemembered_AreNotOffered()
    {
        var peer = Peer(1);
        for (var i = 0; i < _options.FilesPerPeer; i++)
            _queue.AnswerHeld(peer, 1, new FileId((UInt128)i), held: true, ref _actions);

        _actions.Clear();
        Ask(peer, 2, 0, 1);

        Assert.Equal(
            PeerMessage.Error(2, ProtocolCode.NotOffered), Assert.Single(_actions.Actions.ToArray()).Message);
    }

    [Fact]
    public void AskAndSent_SteadyState_DoNotAllocate()
    {
        var peer = Peer(1);

        AllocationAssert.None(() =>
        {
            Ask(peer, 1, 0, 2);
            _queue.Sent(peer, 1, 16_384, Now, ref _actions);
            _queue.Sent(peer, 1, 16_384, Now, ref _actions);
            _actions.Clear();
        });
    }

    private static Instant Max(Instant one, Instant other) => one > other ? one : other;

    private Link Peer(int number, bool allowed = true) => Peer(number, account: 0, allowed);

    private Link Peer(int number, UInt128 account, bool allowed = true, bool keep = false)
    {
        var link = new Link(new ConnectionId(-number), isNode: false, default, default, new Instant(1))
        {
            Account = account,
        };
        if (allowed)
            _queue.Allow(link, File);

        if (!keep)
            _actions.Clear();

        return link;
    }

    private void Ask(Link peer, uint request, uint first, uint count)
    {
        var message = PeerMessage.RequestChunks(request, File, first, count, RequestPriority.Playing, 0);
        _queue.Ask(peer, message, _now, ref _actions);
    }

    private (uint Request, uint Chunk)[] Drain()
    {
        var sent = _actions.Actions.ToArray()
            .Where(action => action.Kind == ClientActionKind.SendChunk)
            .Select(action => (action.Request, action.Chunk)).ToArray();
        _actions.Clear();
        return sent;
    }
}
