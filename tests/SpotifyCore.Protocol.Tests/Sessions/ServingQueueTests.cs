using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Protocol.Tests.Sessions;

public sealed class ServingQueueTests
{
    private readonly ServingQueue _queue = new();

    [Fact]
    public void TryPeek_SeveralPriorities_GivesTheMostUrgentThenTheOldest()
    {
        Add(0, RequestPriority.OfflineSync);
        Add(1, RequestPriority.Prefetch);
        Add(2, RequestPriority.Playing);
        Add(3, RequestPriority.Playing);

        Assert.Equal([2, 3, 1, 0], TakeAll());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void PutBack_TwoTakenOut_StandAsTheyArrivedWhoeverIsFirst(int first, int second)
    {
        for (var place = 0; place < 3; place++)
            Add(place, RequestPriority.Playing);

        // Each waits for a farther tier, and the other's bytes are on their way when it is back: round after round.
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(0, Take());
            Assert.Equal(1, Take());
            _queue.PutBack(first);
            _queue.PutBack(second);
        }

        Assert.Equal([0, 1, 2], TakeAll());
    }

    [Fact]
    public void PutBack_IntoAnEmptyPriority_IsFollowedByWhatIsAddedThen()
    {
        Add(0, RequestPriority.Prefetch);
        Assert.Equal(0, Take());
        _queue.PutBack(0);
        Add(1, RequestPriority.Prefetch);

        Assert.Equal([0, 1], TakeAll());
    }

    [Fact]
    public void PutBack_TheYoungest_IsTheLastAndFollowedByWhatIsAddedThen()
    {
        Add(0, RequestPriority.Prefetch);
        Add(1, RequestPriority.Prefetch);
        Assert.Equal(0, Take());
        Assert.Equal(1, Take());
        _queue.PutBack(0);
        _queue.PutBack(1);
        Add(2, RequestPriority.Prefetch);

        Assert.Equal([0, 1, 2], TakeAll());
    }

    private void Add(int place, RequestPriority priority) => _queue.Add(
        PeerMessage.RequestChunks((uint)place + 1, default, 0, 2, priority, 0), place, default);

    private int Take()
    {
        Assert.True(_queue.TryPeek(RequestPriority.OfflineSync, out var place));
        _queue.Take(place);
        return place;
    }

    private List<int> TakeAll()
    {
        var places = new List<int>();
        while (_queue.TryPeek(RequestPriority.OfflineSync, out _))
            places.Add(Take());

        return places;
    }
}
