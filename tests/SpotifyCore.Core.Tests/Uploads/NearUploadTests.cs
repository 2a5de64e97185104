using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Core.Tests.Uploads;

/// <summary>What goes to peers of the same LAN takes nothing from the line that leads out of it.</summary>
public sealed class NearUploadTests
{
    private const int Chunk = 16_384;

    private readonly TestUploads _uploads = new();

    public NearUploadTests() => Options.MaxBytesPerSecond = 0;

    private UploadOptions Options => _uploads.Options;

    private UploadQueue Queue => _uploads.Queue;

    [Fact]
    public void Ask_ManyRequests_SeveralChunksAreOnTheirWayAtOnce()
    {
        var peer = Near(1);
        for (var request = 1u; request <= 20; request++)
            Ask(peer, request, first: 4 * request, count: 4);

        Assert.Equal(Options.NearSlotsPerPeer, Queue.Sending);
        _uploads.Clear();

        // The rest of a request goes on before the next is begun.
        _uploads.Sent(peer, 1);
        Assert.Equal([(1, 1u, 5u)], Drain());
    }

    [Fact]
    public void Ask_WhatIsHeard_GoesBesideWhatIsKeptForLaterAndOneAtATime()
    {
        Options.ShownAfterBytes = 0;
        var peer = Near(1);
        for (var request = 1u; request <= 20; request++)
            Ask(peer, request, first: request, count: 1);

        _uploads.Clear();
        _uploads.Ask(peer, 21, first: 40, count: 1);
        _uploads.Ask(peer, 22, first: 41, count: 1);
        Assert.Equal([(1, 21u, 40u)], Drain());
        _uploads.Sent(peer, 21);
        Assert.Equal([(1, 22u, 41u)], Drain());
    }

    [Fact]
    public void Ask_ManyPeers_ShareTheSlots()
    {
        Options.ShownAfterBytes = 0;
        foreach (var peer in new[] { Near(1), Near(2), Near(3) })
        {
            for (var request = 1u; request <= 20; request++)
                Ask(peer, request, first: request, count: 1);
        }

        Assert.Equal(Options.NearSlots, Queue.Sending);
    }

    [Fact]
    public void Serve_CapUsedUp_HoldsTheOthersBackAlone()
    {
        var (near, far) = (Near(1), _uploads.Peer(2));
        _uploads.Ask(far, 1, first: 0, count: 8);
        while (_uploads.Drain().Length > 0)
            _uploads.Sent(far);

        Ask(near, 1, first: 0, count: 1);

        Assert.False(Assert.Single(_uploads.Actions.OfType<SendChunk>()).IsPaced);
        _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        Assert.True(_uploads.Actions.OfType<SendChunk>().Last().IsPaced);
    }

    [Fact]
    public void Serve_AnotherHomeBehindTheSameAddress_IsHeldToTheCap()
    {
        var peer = _uploads.Peer(1);
        peer.IsLocal = true;
        for (var request = 1u; request <= 4; request++)
            Ask(peer, request, first: request, count: 1);

        Assert.True(Assert.Single(_uploads.Actions.OfType<SendChunk>()).IsPaced);
    }

    [Fact]
    public void Sent_MuchOfIt_TellsNothingOfTheLine()
    {
        var peer = Near(1);
        var first = Queue.Status.LimitBytesPerSecond;
        Ask(peer, 1, first: 0, count: 1_000);
        for (var sent = 0; sent < 1_000; sent++)
        {
            _uploads.Now += TimeSpan.FromMilliseconds(100);
            _uploads.Sent(peer);
        }

        Assert.Equal((1_000 * Chunk, first, false), (
            (int)Queue.Status.Bytes, Queue.Status.LimitBytesPerSecond, Queue.Status.IsMeasured));
    }

    [Fact]
    public void Serve_CapThatIsSet_HoldsForThemToo()
    {
        Options.MaxBytesPerSecond = Chunk;
        var peer = Near(1);
        for (var request = 1u; request <= 4; request++)
            Ask(peer, request, first: request, count: 1);

        Assert.True(Assert.Single(_uploads.Actions.OfType<SendChunk>()).IsPaced);
        _uploads.Clear();
        _uploads.Sent(peer);
        Assert.Empty(Drain());
        Assert.InRange(Queue.NextCheck(_uploads.Now) - _uploads.Now, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Serve_LineIsFullAfterAll_HoldsForThemToo()
    {
        var peer = Near(1);
        Queue.NoteDelay(TimeSpan.FromMilliseconds(5), _uploads.Now);
        Queue.NoteDelay(TimeSpan.FromMilliseconds(250), _uploads.Now);
        for (var request = 1u; request <= 4; request++)
            Ask(peer, request, first: request, count: 1);

        Assert.True(Assert.Single(_uploads.Actions.OfType<SendChunk>()).IsPaced);
        _uploads.Clear();
        _uploads.Sent(peer);
        _uploads.AdvanceTo(_uploads.Now + Options.Uplink.LongestWindow);
        Assert.All(_uploads.Actions.OfType<SendChunk>(), static chunk => Assert.False(chunk.IsPaced));
        Assert.Equal(3, Queue.Sending);
    }

    [Fact]
    public void Serve_ThoseThatTakeNothing_LeaveTheOthersTheirSlots()
    {
        Options.MaxBytesPerSecond = int.MaxValue;
        foreach (var peer in new[] { Near(1), Near(2), Near(3) })
        {
            for (var request = 1u; request <= 8; request++)
                Ask(peer, request, first: request, count: 1);
        }

        _uploads.Clear();
        for (var number = 11; number <= 11 + Options.SlotsForSlow; number++)
            _uploads.Ask(_uploads.Peer(number), 1, first: 0, count: 1);

        Assert.Equal(Options.SlotsForSlow, _uploads.Drain().Length);
    }

    [Fact]
    public void Serve_OneThatTakesNothing_LosesItsSlotsToAnotherThatWaits()
    {
        (Options.NearSlots, Options.NearSlotsPerPeer, Options.ShownAfterBytes) = (4, 4, 0);
        var (stuck, reader) = (Near(1), Near(2));
        for (var request = 1u; request <= 8; request++)
            Ask(stuck, request, first: request, count: 1);

        Ask(reader, 1, first: 0, count: 2);
        Assert.Equal(4, _uploads.Drain().Length);

        _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        Assert.Equal([(2, 1u, 0u)], Drain());
        _uploads.Sent(reader);
        Assert.Equal([(2, 1u, 1u)], Drain());
        Assert.Equal(1, Queue.Status.Overdue);
    }

    [Fact]
    public void Forget_WithSeveralOnTheirWay_FreesAllSlots()
    {
        var peer = Near(1);
        for (var request = 1u; request <= 20; request++)
            Ask(peer, request, first: request, count: 1);

        _uploads.Forget(peer);

        Assert.Equal((0, 0), (Queue.Sending, Queue.Waiting));
    }

    [Fact]
    public void Sent_OutOfOrder_DoesNotMakeThePeerSlow()
    {
        var peer = Near(1);
        for (var request = 1u; request <= 8; request++)
            Ask(peer, request, first: request, count: 1);

        for (var request = 8u; request > 0; request--)
            _uploads.Sent(peer, request);

        Assert.False(peer.TakesSlowly);
    }

    [Fact]
    public void Cancel_OneOfSeveralOnTheirWay_EndsThatOne()
    {
        var peer = Near(1);
        Ask(peer, 1, first: 0, count: 4);
        Ask(peer, 2, first: 8, count: 4);
        _uploads.Clear();

        _uploads.Cancel(peer, 1);
        _uploads.Sent(peer, 1, length: 0);
        _uploads.Sent(peer, 2);

        Assert.Equal(1u, Assert.Single(_uploads.Messages).Message.Request);
        Assert.Equal([(1, 2u, 9u)], Drain());
    }

    private void Ask(Link peer, uint request, uint first, uint count) =>
        _uploads.Ask(peer, request, first, count, RequestPriority.OfflineSync);

    private (int Peer, uint Request, uint Chunk)[] Drain() =>
        [.. _uploads.Drain().Select(static sent => (sent.Peer, sent.Request, sent.Chunk))];

    private Link Near(int number)
    {
        var link = _uploads.Peer(number);
        link.IsNear = true;
        return link;
    }
}
