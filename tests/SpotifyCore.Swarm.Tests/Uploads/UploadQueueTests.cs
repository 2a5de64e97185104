using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Uploads;
using SpotifyCore.Testing;

namespace SpotifyCore.Swarm.Tests.Uploads;

public sealed class UploadQueueTests
{
    private static readonly FileId File = new(77);

    private readonly UploadOptions _options = new();
    private readonly UploadQueue _queue;
    private ActionBuffer _actions = new(16);

    public UploadQueueTests() => _queue = new UploadQueue(_options);

    [Fact]
    public void Ask_TwoRequestsOfOnePeer_GoOutOneAfterTheOther()
    {
        var peer = Peer(1);
        Ask(peer, 1, first: 0, count: 2);
        Ask(peer, 2, first: 8, count: 1);

        Assert.Equal([(1u, 0u)], Drain());
        _queue.Sent(peer, 1, 16_384, ref _actions);
        Assert.Equal([(1u, 1u)], Drain());
        _queue.Sent(peer, 1, 16_384, ref _actions);
        Assert.Equal([(2u, 8u)], Drain());
        _queue.Sent(peer, 2, 100, ref _actions);
        Assert.Equal((0, 0), (_queue.Sending, _queue.Waiting));
        Assert.Equal(2 * 16_384 + 100, _queue.GivenBytes);
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
            _queue.Sent(chunk < 10 ? one : two, request, 16_384, ref _actions);
        }

        Assert.Equal([0u, 10u, 1u, 11u], order);
    }

    [Fact]
    public void SetPaused_WaitingRequests_GoOutLater()
    {
        _options.Slots = 1;
        var (one, two) = (Peer(1), Peer(2));
        Ask(one, 1, 0, 1);
        Ask(two, 1, 10, 1);
        Drain();
        _queue.SetPaused(true, ref _actions);
        _queue.Sent(one, 1, 16_384, ref _actions);
        Assert.Empty(Drain());

        _queue.SetPaused(false, ref _actions);
        Assert.Equal([(1u, 10u)], Drain());
    }

    [Fact]
    public void Ask_Disabled_IsNotFoundAndHeldByNobody()
    {
        _options.Enabled = false;
        var peer = Peer(1, allowed: false);
        _queue.AskHeld(peer, 1, File, ref _actions);
        Ask(peer, 2, 0, 1);

        var sent = _actions.Actions.ToArray();
        Assert.Equal(HaveKind.None, sent[0].Message.Holding);
        Assert.Equal(PeerMessageKind.NotFound, sent[1].Message.Kind);
    }

    [Fact]
    public void Ask_FilesBeyondThoseRemembered_AreNotFound()
    {
        var peer = Peer(1);
        for (var i = 0; i < _options.FilesPerPeer; i++)
            _queue.AnswerHeld(peer, 1, new FileId((UInt128)i), held: true, ref _actions);

        _actions.Clear();
        Ask(peer, 2, 0, 1);

        Assert.Equal(PeerMessageKind.NotFound, Assert.Single(_actions.Actions.ToArray()).Message.Kind);
    }

    [Fact]
    public void AskAndSent_SteadyState_DoNotAllocate()
    {
        var peer = Peer(1);

        AllocationAssert.None(() =>
        {
            Ask(peer, 1, 0, 2);
            _queue.Sent(peer, 1, 16_384, ref _actions);
            _queue.Sent(peer, 1, 16_384, ref _actions);
            _actions.Clear();
        });
    }

    private Link Peer(int number, bool allowed = true)
    {
        var link = new Link(new ConnectionId(-number), isNode: false, default, default, new Instant(1));
        if (allowed)
            _queue.AnswerHeld(link, 9, File, held: true, ref _actions);

        _actions.Clear();
        return link;
    }

    private void Ask(Link peer, uint request, uint first, uint count)
    {
        var message = PeerMessage.RequestChunks(request, File, first, count, RequestPriority.Playing, 0);
        _queue.Ask(peer, message, ref _actions);
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
