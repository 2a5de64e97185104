using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class RequestLedgerTests
{
    private readonly DeliveryBench _bench = new();
    private readonly Download _download = Create();
    private readonly Link _peer;

    public RequestLedgerTests() => _peer = _bench.AddPeer(_download.File);

    [Fact]
    public void Receive_ChunksOfARange_EndIt()
    {
        var request = Ask(_peer, first: 10, count: 2);

        Assert.Equal(new Arrival(ArrivalKind.Taken, _download, 11, Tier.Peers), Receive(_peer, request, 11));
        Assert.Equal(1, _bench.Requests.Count);
        Assert.Equal(ArrivalKind.Taken, Receive(_peer, request, 10).Kind);
        Assert.Equal(0, _bench.Requests.Count);
        Assert.Equal((0, 0), (_peer.OutstandingBytes, _peer.OutstandingRequests));
        Assert.Empty(Cancels());
    }

    [Fact]
    public void Receive_NotAskedOrTwice_IsStray()
    {
        var request = Ask(_peer, first: 10, count: 2);
        Receive(_peer, request, 10);

        Assert.Equal(ArrivalKind.Stray, Receive(_peer, request, 10).Kind);
        Assert.Equal(ArrivalKind.Stray, Receive(_peer, request, 12).Kind);
        Assert.Equal(ArrivalKind.Stray, Receive(_peer, request + 1, 11).Kind);
        Assert.Equal(ArrivalKind.Stray, Receive(_bench.AddPeer(_download.File), request, 11).Kind);
    }

    [Fact]
    public void Receive_WrongBytes_IsSaidAndCounted()
    {
        var request = Ask(_peer, first: 10, count: 1);
        _bench.Approves = false;

        Assert.Equal(ArrivalKind.Wrong, Receive(_peer, request, 10).Kind);
        Assert.Equal(16_384, _download.Statistics.WrongBytes);
        Assert.Equal(1, _bench.Requests.Count);
    }

    [Fact]
    public void Receive_HedgedChunk_FirstAnswerWinsAndTheOtherIsCancelled()
    {
        var other = _bench.AddPeer(_download.File);
        var first = Ask(_peer, first: 10, count: 1);
        var second = Ask(other, first: 10, count: 1);

        Assert.Equal(ArrivalKind.Taken, Receive(other, second, 10).Kind);

        Assert.Equal([(_peer.Connection.Value, first)], Cancels());
        Assert.Equal(0, _bench.Requests.Count);
        Assert.Equal(0, _peer.OutstandingBytes);
    }

    [Fact]
    public void Receive_HedgedChunkOfARange_TheRestGoesOnAndTheDoubleIsUnused()
    {
        var other = _bench.AddPeer(_download.File);
        var range = Ask(_peer, first: 10, count: 2);
        var single = Ask(other, first: 10, count: 1);
        Receive(other, single, 10);

        Assert.Empty(Cancels());
        Assert.Equal(ArrivalKind.Unused, Receive(_peer, range, 10).Kind);
        Assert.Equal(16_384, _download.Statistics.UnusedBytes);
        Assert.Equal(ArrivalKind.Taken, Receive(_peer, range, 11).Kind);
    }

    [Fact]
    public void Fail_Request_MakesItsChunksMissingUnlessAskedElsewhere()
    {
        var other = _bench.AddPeer(_download.File);
        var request = Ask(_peer, first: 10, count: 2);
        Ask(other, first: 11, count: 1);

        Assert.True(_bench.Ledger.Fail(_peer, request, Now, _bench.Actions));
        Assert.False(_bench.Ledger.Fail(_peer, request, Now, _bench.Actions));

        Assert.Equal(ChunkState.Missing, _download.Map[10]);
        Assert.Equal(ChunkState.Asked, _download.Map[11]);
        Assert.Empty(Cancels());
    }

    [Fact]
    public void TakeBack_Link_OnlyItsRequests()
    {
        var other = _bench.AddPeer(_download.File);
        var first = Ask(_peer, first: 10, count: 4);
        Ask(other, first: 20, count: 4);
        var third = Ask(_peer, first: 30, count: 4);

        _bench.Ledger.TakeBack(_peer, cancel: true, Now, _bench.Actions);

        Assert.Equal([(_peer.Connection.Value, third), (_peer.Connection.Value, first)], Cancels());
        Assert.Equal(10u, _download.Map.NextMissing(10));
        Assert.Equal(1, _bench.Requests.Count);
        Assert.Equal(0, _peer.OutstandingRequests);
    }

    [Fact]
    public void Keep_Range_CancelsWhatLiesOutside()
    {
        var before = Ask(_peer, first: 0, count: 4);
        Ask(_peer, first: 8, count: 4);
        var beyond = Ask(_peer, first: 40, count: 4);

        _bench.Ledger.Keep(_download, from: 10, to: 26, Now, _bench.Actions);

        Assert.Equal([before, beyond], Cancels().Select(cancel => cancel.Request).Order());
        Assert.Equal(1, _bench.Requests.Count);
        _bench.Ledger.Abandon(_download, Now, _bench.Actions);
        Assert.Equal(0, _bench.Requests.Count);
    }

    [Theory]
    [InlineData(Tier.Production, Tier.Production)]
    [InlineData(Tier.Master, Tier.Master)]
    [InlineData(Tier.Cache, Tier.Production)]
    public void Receive_FromANode_CountsTheTierItNames(Tier named, Tier expected)
    {
        var node = _bench.AddNodes(1)[0];
        var request = Ask(node, first: 0, count: 1);

        Assert.Equal(expected, Receive(node, request, 0, named).Tier);
    }

    private uint Ask(Link link, uint first, int count)
    {
        for (var i = 0u; i < count; i++)
            _download.Map[first + i] = ChunkState.Asked;

        return _bench.Requests.Add(link, _download, first, count, Now).Request;
    }

    private Arrival Receive(Link link, uint request, uint chunk, Tier tier = Tier.Master) => _bench.Ledger.Receive(
        link, PeerMessage.ChunkData(request, chunk, tier, 16_384), slot: 1, Now, _bench.Actions);

    private (int Connection, uint Request)[] Cancels() => [.. _bench.Actions.Of<SendMessage>().ToArray()
        .Where(action => action.Message.Kind == PeerMessageKind.Cancel)
        .Select(action => (action.Connection.Value, action.Message.Request))];
}
