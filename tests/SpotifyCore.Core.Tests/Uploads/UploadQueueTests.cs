using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests.Uploads;

public sealed class UploadQueueTests
{
    private readonly TestUploads _uploads = new();

    private UploadOptions Options => _uploads.Options;

    private UploadQueue Queue => _uploads.Queue;

    [Fact]
    public void Ask_TwoRequestsOfOnePeer_GoOutOneAfterTheOther()
    {
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, first: 0, count: 2);
        _uploads.Ask(peer, 2, first: 8, count: 1);

        Assert.Equal([(1u, 0u)], Drain());
        _uploads.Sent(peer, 1);
        Assert.Equal([(1u, 1u)], Drain());
        _uploads.Sent(peer, 1);
        Assert.Equal([(2u, 8u)], Drain());
        _uploads.Sent(peer, 2, 100);
        Assert.Equal((0, 0), (Queue.Sending, Queue.Waiting));
        Assert.Equal(2 * 16_384 + 100, Queue.Status.Bytes);
    }

    [Fact]
    public void Ask_MoreUrgent_GoesBeforeWhatWaits()
    {
        Options.Slots = 1;
        var (one, two, three) = (_uploads.Peer(1), _uploads.Peer(2), _uploads.Peer(3));
        _uploads.Ask(one, 1, 0, 1);
        _uploads.Ask(two, 2, 0, 1, RequestPriority.Prefetch);
        _uploads.Ask(three, 3, 0, 1);
        Drain();

        _uploads.Sent(one, 1);
        Assert.Equal([(3u, 0u)], Drain());
    }

    [Fact]
    public void Ask_BeyondWhatAPeerMayHaveWaiting_IsBusy()
    {
        var peer = _uploads.Peer(1);
        for (var request = 1u; request <= Options.QueueLimitPerPeer + 3; request++)
            _uploads.Ask(peer, request, 0, 4);

        // One is on its way beside those that wait.
        var first = (uint)Options.QueueLimitPerPeer + 2;
        Assert.Equal(
            [(PeerMessageKind.Busy, first), (PeerMessageKind.Busy, first + 1)],
            _uploads.Messages.Select(sent => (sent.Message.Kind, sent.Message.Request)));
    }

    [Fact]
    public void Cancel_Waiting_EndsAtOnce()
    {
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, 0, 4);
        _uploads.Ask(peer, 2, 4, 4);

        _uploads.Cancel(peer, 2);

        Assert.Equal(PeerMessage.Error(2, ProtocolCode.Cancelled), Assert.Single(_uploads.Messages).Message);
        Assert.Equal((1, 0), (Queue.Sending, Queue.Waiting));
    }

    [Fact]
    public void Sent_CacheLackedIt_IsNotFoundAndEndsTheRequest()
    {
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, first: 5, count: 2);

        _uploads.Sent(peer, 1, length: 0);

        Assert.Equal(PeerMessage.NotFound(1, 5), Assert.Single(_uploads.Messages).Message);
        Assert.Equal((0, 0), (Queue.Sending, Queue.Waiting));
    }

    [Theory]
    [InlineData(1, 0)] // Cut short: its session sends nothing more of it.
    [InlineData(1, 16_384)]
    [InlineData(3, 0)]
    [InlineData(3, 16_384)]
    public void Cancel_ChunkOnItsWay_EndsAsCancelledAndNotAsLacking(uint count, int sent)
    {
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, first: 0, count);
        Drain();

        _uploads.Cancel(peer, 1);
        _uploads.Sent(peer, 1, sent);

        var answer = Assert.Single(_uploads.Messages).Message;
        Assert.Equal((PeerMessageKind.Error, 1u, ProtocolCode.Cancelled), (answer.Kind, answer.Request, answer.Code));
        Assert.Equal((0, 0), (Queue.Sending, Queue.Waiting));
    }

    [Fact]
    public void Ask_EqualPriority_PeersTakeTurns()
    {
        Options.Slots = 1;
        var (one, two) = (_uploads.Peer(1), _uploads.Peer(2));
        _uploads.Ask(one, 1, 0, 2);
        _uploads.Ask(two, 1, 10, 2);

        var order = new List<uint>();
        for (var i = 0; i < 4; i++)
        {
            var (request, chunk) = Assert.Single(Drain());
            order.Add(chunk);
            _uploads.Sent(chunk < 10 ? one : two, request);
        }

        Assert.Equal([0u, 10u, 1u, 11u], order);
    }

    [Fact]
    public void Serve_PeersThatTakeSlowly_LeaveASlotToOthers()
    {
        Options.Slots = 5;
        Options.ShownAfterBytes = 0;
        Link[] slow = [_uploads.Peer(1), _uploads.Peer(2), _uploads.Peer(3), _uploads.Peer(4)];
        var quick = _uploads.Peer(5);
        for (var i = 0u; i < slow.Length; i++)
            _uploads.Ask(slow[i], i + 1, first: 10 * i, count: 4);

        _uploads.Ask(quick, 5, first: 50, count: 2);
        Assert.Equal([0u, 10u, 20u, 30u, 50u], Drain().Select(sent => sent.Chunk));

        // Twice a chunk that set out later has left before theirs.
        _uploads.Sent(quick, 5);
        _uploads.Sent(quick, 5);
        Assert.Equal([(5u, 51u)], Drain());

        _uploads.Sent(slow[0], 1);
        Assert.Empty(Drain());
        _uploads.Sent(slow[1], 2);
        Assert.Equal([(1u, 1u)], Drain());
        _uploads.Ask(quick, 6, first: 60, count: 1);
        Assert.Equal([(6u, 60u)], Drain());
    }

    [Fact]
    public void Serve_PeersThatHaveShownNothing_LeaveASlotToOneThatReads()
    {
        var reader = _uploads.Peer(9, account: 90);
        for (var given = 0; given < Options.ShownAfterBytes; given += 16_384)
        {
            _uploads.Ask(reader, 1, first: 0, count: 1);
            _uploads.Sent(reader, 1);
        }

        _uploads.Clear();
        for (var i = 1; i <= 4; i++)
            _uploads.Ask(_uploads.Peer(i, account: (UInt128)i), (uint)i, first: 0, count: 1);

        Assert.Equal([1u, 2u, 3u], Drain().Select(sent => sent.Request));
        _uploads.Ask(reader, 5, first: 0, count: 1);
        Assert.Equal([(5u, 0u)], Drain());
    }

    [Fact]
    public void Serve_ManyPeersOfOneAccount_ShareItsTurns()
    {
        Options.Slots = 1;
        Link[] crowd = [_uploads.Peer(1, account: 7), _uploads.Peer(2, account: 7), _uploads.Peer(3, account: 7)];
        var other = _uploads.Peer(4, account: 8);
        foreach (var (i, peer) in crowd.Index())
            _uploads.Ask(peer, (uint)i + 1, first: 0, count: 2);

        _uploads.Ask(other, 4, first: 0, count: 3);
        var order = new List<uint>();
        for (var i = 0; i < 6; i++)
        {
            var (request, _) = Assert.Single(Drain());
            order.Add(request);
            _uploads.Sent(request == 4 ? other : crowd[request - 1], request);
        }

        Assert.Equal([1u, 4u, 2u, 4u, 3u, 4u], order);
    }

    [Fact]
    public void Ask_QueueFullOfOneAccount_MakesRoomForAnother()
    {
        Options.QueueLimit = 6;
        Options.Slots = 0;
        Link[] crowd = [_uploads.Peer(1, account: 7), _uploads.Peer(2, account: 7)];
        foreach (var peer in crowd)
        {
            for (var request = 1u; request <= 3; request++)
                _uploads.Ask(peer, request, first: 0, count: 1);
        }

        var other = _uploads.Peer(3, account: 8);
        foreach (var request in new[] { 1u, 2u, 3u, 4u })
            _uploads.Ask(other, request, first: 0, count: 1);

        var refused = _uploads.Messages.Where(action => action.Message.Kind == PeerMessageKind.Busy)
            .Select(action => (action.Connection.Value, action.Message.Request));
        Assert.Equal([(-2, 3u), (-2, 2u), (-2, 1u), (-3, 4u)], refused);
        Assert.Equal(6, Queue.Waiting);
    }

    [Fact]
    public void Forget_StalledPeers_LeaveTheirAccountOneSlotForAWhile()
    {
        Link[] crowd = [.. Enumerable.Range(1, 4).Select(number => _uploads.Peer(number, account: 7))];
        foreach (var (i, peer) in crowd.Index())
            _uploads.Ask(peer, (uint)i + 1, first: 0, count: 1);

        Assert.Equal(3, Drain().Length);
        _uploads.Now += Options.StalledAfter;
        foreach (var peer in crowd.Where(peer => Queue.IsStalled(peer, Options.StalledAfter, _uploads.Now)).ToArray())
            _uploads.Forget(peer);

        Assert.Equal([(4u, 0u)], Drain());
        _uploads.Ask(_uploads.Peer(5, account: 7), 5, first: 0, count: 1);
        _uploads.Ask(_uploads.Peer(6, account: 8), 6, first: 0, count: 1);
        Assert.Equal([(6u, 0u)], Drain());
        _uploads.Now += Options.StallRemembered;
        _uploads.Serve();
        Assert.Equal([(5u, 0u)], Drain());
    }

    [Fact]
    public void Status_PeersThatTakeNothingBesideOneThatDoes_DoNotLowerTheMeasuredCap()
    {
        (Options.MaxBytesPerSecond, Options.ShownAfterBytes, Options.Slots) = (0, 0, 5);
        for (var i = 1; i <= 3; i++)
            _uploads.Ask(_uploads.Peer(i, account: 7), 1, first: 0, count: 1);

        var reader = _uploads.Peer(4, account: 8);
        _uploads.Ask(reader, 4, first: 0, count: 100_000);
        var first = Queue.Status.LimitBytesPerSecond;
        while (_uploads.Now - TestUploads.Start < TimeSpan.FromSeconds(60) && Queue.Sending + Queue.Waiting > 0)
        {
            if (Drain().Any(sent => sent.Request == 4))
            {
                // It leaves at the pace, and the next sets out once the cap allows.
                _uploads.Now += TimeSpan.FromSeconds(16_384 / Queue.Status.PaceBytesPerSecond);
                _uploads.Sent(reader, 4);
                continue;
            }

            _uploads.Now = Max(_uploads.Now, Queue.NextCheck(_uploads.Now));
            while (Queue.NextOverlong(_uploads.Now) is { } stalled)
                _uploads.Forget(stalled);

            _uploads.Serve();
        }

        Assert.True(Queue.Status.LimitBytesPerSecond > first * 2, $"{Queue.Status}");
    }

    [Fact]
    public void IsStalled_MoreAccountsThanRemembered_ForgetsTheOldest()
    {
        Options.StalledAccounts = 2;
        for (var i = 1; i <= 3; i++)
        {
            var peer = _uploads.Peer(i, account: (UInt128)i);
            _uploads.Ask(peer, 1, first: 0, count: 1);
            Assert.True(Queue.IsStalled(peer, Options.StalledAfter, _uploads.Now));
            _uploads.Forget(peer);
        }

        _uploads.Clear();
        foreach (var account in new[] { 1, 1, 3, 3 })
        {
            var peer = _uploads.Peer(10 + Queue.Sending + Queue.Waiting, (UInt128)account);
            _uploads.Ask(peer, (uint)account, first: 0, count: 1);
        }

        Assert.Equal([1u, 1u, 3u], Drain().Select(sent => sent.Request));
    }

    [Fact]
    public void SetHold_WaitingRequests_GoOutLater()
    {
        Options.Slots = 1;
        var (one, two) = (_uploads.Peer(1), _uploads.Peer(2));
        _uploads.Ask(one, 1, 0, 1);
        _uploads.Ask(two, 1, 10, 1);
        Drain();
        _uploads.Hold(UploadHold.OwnBuffer);
        _uploads.Sent(one, 1);
        Assert.Empty(Drain());

        _uploads.Hold(UploadHold.None);
        Assert.Equal([(1u, 10u)], Drain());
    }

    [Fact]
    public void Ask_Disabled_IsOfferedToNobody()
    {
        Options.Enabled = false;
        var peer = _uploads.Peer(1, isAllowed: false);
        _uploads.AskHeld(peer, 1);
        _uploads.Ask(peer, 2, 0, 1);

        var sent = _uploads.Messages;
        Assert.Equal(HaveKind.None, sent[0].Message.Holding);
        Assert.Equal(PeerMessage.Error(2, ProtocolCode.NotOffered), sent[1].Message);
    }

    [Fact]
    public void Serve_CapUsedUp_WaitsAndSaysUntilWhen()
    {
        Options.MaxBytesPerSecond = 16_384;
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, 0, 3);
        _uploads.Sent(peer, 1);
        Assert.Equal([(1u, 0u)], Drain());

        var next = Queue.NextCheck(_uploads.Now);
        Assert.InRange(next - _uploads.Now, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(10));
        _uploads.AdvanceTo(next);
        Assert.Equal([(1u, 1u)], Drain());
        _uploads.Sent(peer, 1);
        Assert.InRange(
            Queue.NextCheck(next) - next, TimeSpan.FromMilliseconds(990), TimeSpan.FromMilliseconds(1010));
    }

    [Fact]
    public void Ask_MonthUsedUp_HoldsUntilTheNext()
    {
        Options.MonthlyBytes = 1_000;
        var peer = _uploads.Peer(1);
        _uploads.CountMonth(1_000);
        _uploads.Ask(peer, 1, 0, 1);
        Assert.Equal(UploadHold.Budget, Queue.Hold);
        Assert.Equal(PeerMessageKind.NotFound, Assert.Single(_uploads.Messages).Message.Kind);
        _uploads.Clear();

        _uploads.CountMonth(0);
        _uploads.Ask(peer, 2, 0, 1);
        Assert.Equal([(2u, 0u)], Drain());
    }

    [Fact]
    public void AskHeld_LanOnly_StrangersAreToldNothing()
    {
        Options.LanOnly = true;
        var (near, far) = (_uploads.Peer(1, isAllowed: false), _uploads.Peer(2, isAllowed: false));
        near.IsLocal = true;
        _uploads.AskHeld(far, 1);
        _uploads.AskHeld(near, 1);

        Assert.Equal([typeof(SendMessage), typeof(QueryHeld)], _uploads.Actions.Select(action => action.GetType()));
        Assert.Equal(HaveKind.None, Assert.Single(_uploads.Messages).Message.Holding);
    }

    [Fact]
    public void Status_AfterUploads_SaysWhatWentUpToWhomAndWhy()
    {
        var peer = _uploads.Peer(1);
        _uploads.Ask(peer, 1, 0, 1);
        _uploads.Sent(peer, 1);
        _uploads.Ask(peer, 2, 0, 1, RequestPriority.Prefetch);
        _uploads.Sent(peer, 2, 100);

        var status = Queue.Status;
        Assert.Equal((16_484, 16_484), (status.Bytes, status.MonthBytes));
        Assert.Equal((16_384, 100), (status.PlayingBytes, status.PrefetchBytes));
        var given = Queue.Of(peer);
        Assert.Equal((16_484, RequestPriority.Prefetch, false), (given.Given, given.Latest, given.IsServed));
    }

    [Fact]
    public void Ask_FilesBeyondThoseRemembered_AreNotOffered()
    {
        var peer = _uploads.Peer(1);
        for (var i = 0; i < Options.FilesPerPeer; i++)
            _uploads.AnswerHeld(peer, 1, new FileId((UInt128)i));

        _uploads.Clear();
        _uploads.Ask(peer, 2, 0, 1);

        Assert.Equal(
            PeerMessage.Error(2, ProtocolCode.NotOffered), Assert.Single(_uploads.Messages).Message);
    }

    [Fact]
    public void AskAndSent_SteadyState_DoNotAllocate()
    {
        var peer = _uploads.Peer(1);

        AllocationAssert.None(() =>
        {
            _uploads.Ask(peer, 1, 0, 2);
            _uploads.Sent(peer, 1);
            _uploads.Sent(peer, 1);
            _uploads.Clear();
        });
    }

    private static Instant Max(Instant one, Instant other) => one > other ? one : other;

    private (uint Request, uint Chunk)[] Drain() =>
        [.. _uploads.Drain().Select(static sent => (sent.Request, sent.Chunk))];
}
