using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Queueing;

public sealed class PlayQueueTests
{
    [Fact]
    public void TryAdvance_FreshQueue_GoesThroughInOrderAndEnds()
    {
        var queue = Queue(3);

        Assert.Null(queue.Current);
        Assert.Equal([1, 2, 3], Walk(queue));
        Assert.Null(queue.Current);
        Assert.Null(queue.Next);
    }

    [Fact]
    public void Add_AfterTheEnd_IsNext()
    {
        var queue = Queue(2);
        Walk(queue);

        var added = queue.Add(Track(9));

        Assert.Equal(added, queue.Next);
        Assert.True(queue.TryAdvance());
        Assert.Equal(added, queue.Current);
    }

    [Fact]
    public void AddNext_WhilePlaying_StandsBeforeTheRest()
    {
        var queue = Queue(3);
        queue.TryAdvance();

        var added = queue.AddNext(Track(9));

        Assert.Equal(added, queue.Next);
        Assert.Equal([1, 4, 2, 3], queue.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void RepeatOne_AtTheEndOfTheTrack_PlaysItAgainButSkipsOnDemand()
    {
        var queue = Queue(2);
        queue.Repeat = RepeatMode.One;
        queue.TryAdvance();

        Assert.Equal(1, queue.Next?.Id);
        Assert.True(queue.TryAdvance());
        Assert.Equal(1, queue.Current?.Id);
        Assert.True(queue.TrySkip());
        Assert.Equal(2, queue.Current?.Id);
    }

    [Fact]
    public void RepeatAll_AfterTheLast_BeginsAgain()
    {
        var queue = Queue(2);
        queue.Repeat = RepeatMode.All;
        queue.TryJump(2);

        Assert.Equal(1, queue.Next?.Id);
        Assert.True(queue.TryAdvance());
        Assert.Equal(0, queue.Position);
    }

    [Fact]
    public void RepeatAll_EmptyQueue_HasNoNext()
    {
        var queue = new PlayQueue { Repeat = RepeatMode.All };

        Assert.Null(queue.Next);
        Assert.False(queue.TryAdvance());
    }

    [Fact]
    public void Remove_Current_LeavesTheFollowingNext()
    {
        var queue = Queue(3);
        queue.TryJump(2);

        Assert.True(queue.Remove(2));

        Assert.Null(queue.Current);
        Assert.Equal(3, queue.Next?.Id);
        Assert.False(queue.Remove(2));
    }

    [Fact]
    public void TryGoBack_StopsAtTheFirst()
    {
        var queue = Queue(2);
        Walk(queue);

        Assert.True(queue.TryGoBack());
        Assert.Equal(2, queue.Current?.Id);
        Assert.True(queue.TryGoBack());
        Assert.False(queue.TryGoBack());
        Assert.Equal(1, queue.Current?.Id);
    }

    [Fact]
    public void Move_CurrentElsewhere_StaysCurrent()
    {
        var queue = Queue(4);
        queue.TryJump(1);

        Assert.True(queue.Move(1, 2));

        Assert.Equal(2, queue.Position);
        Assert.Equal(4, queue.Next?.Id);
        Assert.False(queue.Move(99, 0));
    }

    [Fact]
    public void Shuffle_SameSeed_SameOrder()
    {
        var (one, other, third) = (Queue(50), Queue(50), Queue(50));
        one.Shuffle(7);
        other.Shuffle(7);
        third.Shuffle(8);

        Assert.Equal(one.Entries, other.Entries);
        Assert.NotEqual(one.Entries, third.Entries);
    }

    [Fact]
    public void Shuffle_WhilePlaying_LeavesWhatHasPlayed()
    {
        var queue = Queue(50);
        queue.TryJump(10);

        queue.Shuffle(7);

        Assert.Equal(Enumerable.Range(1, 10).Select(id => (long)id), queue.Entries.Take(10).Select(entry => entry.Id));
        Assert.Equal(9, queue.Position);
    }

    [Fact]
    public void Unshuffle_WithChangesMeanwhile_RestoresTheOrder()
    {
        var queue = Queue(5);
        queue.Shuffle(3);
        queue.TryJump(2);
        queue.Remove(4);
        queue.AddNext(Track(9));

        queue.Unshuffle();

        Assert.Equal([1, 2, 6, 3, 5], queue.Entries.Select(entry => entry.Id));
        Assert.Equal(2, queue.Current?.Id);
        Assert.False(queue.IsShuffled);
    }

    internal static TrackId Track(int number) => new((UInt128)number);

    internal static PlayQueue Queue(int count)
    {
        var queue = new PlayQueue();
        for (var i = 1; i <= count; i++)
            queue.Add(Track(i));

        return queue;
    }

    private static List<long> Walk(PlayQueue queue)
    {
        var heard = new List<long>();
        while (queue.TryAdvance())
            heard.Add(queue.Current!.Value.Id);

        return heard;
    }
}
