using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class DisplacementTests
{
    private readonly DeliveryBench _bench = new();
    private readonly Download _download = Create();
    private readonly Displacement _displacement;
    private readonly Link _peer;

    public DisplacementTests()
    {
        _peer = _bench.AddPeer(_download.File, bytesPerSecond: 16_000);
        _displacement = new Displacement(_bench.Peers, _bench.Requests, _bench.Ledger);
        _bench.Peers.Gather(_download, Now);
    }

    [Fact]
    public void TryMakeRoom_PeerIsAskedForWhatLiesBeyond_GivesTheFarthestUp()
    {
        Ask(first: 8, count: 1);
        Ask(first: 9, count: 1);
        Ask(first: 10, count: 1);
        Assert.Equal(0, _bench.Peers.SpareOf(_peer));

        Assert.True(_displacement.TryMakeRoom(_download, 0, asked: null, Now, _bench.Actions));

        Assert.True(_bench.Peers.SpareOf(_peer) > 0);
        Assert.Equal([ChunkState.Asked, ChunkState.Missing], [_download.Map[8], _download.Map[10]]);
    }

    [Fact]
    public void TryMakeRoom_OnlyWhatIsOnItsWayOrWaitedFor_LeavesItAlone()
    {
        Ask(first: 20, count: 1);
        Ask(first: 3, count: 2);

        Assert.False(_displacement.TryMakeRoom(_download, 3, asked: null, Now, _bench.Actions));
        Assert.False(_displacement.TryMakeRoom(_download, 0, asked: _peer, Now, _bench.Actions));
        Assert.Equal(2, _bench.Requests.Count);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void TryMakeRoom_OneRequestBeyond_IsGivenUpWhereMoreThanTheNextOfItIsToCome(int left, bool gives)
    {
        Ask(first: 8, count: 4);
        for (var chunk = 8u; chunk < 12 - left; chunk++)
            _bench.Requests[0].NoteArrived(chunk);

        Assert.Equal(gives, _displacement.TryMakeRoom(_download, 7, asked: null, Now, _bench.Actions));
        Assert.Equal(gives ? ChunkState.Missing : ChunkState.Asked, _download.Map[11]);
    }

    private void Ask(uint first, int count)
    {
        for (var i = 0u; i < count; i++)
            _download.Map[first + i] = ChunkState.Asked;

        _bench.Requests.Add(_peer, _download, first, count, Now);
    }
}
