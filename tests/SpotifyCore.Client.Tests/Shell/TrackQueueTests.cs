using SpotifyCore.Client.Listening;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Tests.Shell;

public sealed class TrackQueueTests
{
    [Fact]
    public void Add_BeyondTheLimit_DropsThePlayedAndThenRefuses()
    {
        var queue = new TrackQueue();
        queue.Add(Tracks(TrackQueue.Limit));
        Assert.Throws<PlaybackException>(() => queue.Add(Tracks(1)));
        for (var i = 0; i < 5; i++)
            Assert.True(queue.TryAdvance());

        queue.Add(Tracks(4));
        Assert.Throws<PlaybackException>(() => queue.Add(Tracks(1)));
        Assert.Equal(TrackQueue.Limit, queue.FromCurrent().Count);
        while (queue.TryAdvance())
        {
        }

        Assert.Empty(queue.FromCurrent());
        queue.Add(Tracks(TrackQueue.Limit));
        Assert.True(queue.TryAdvance());
        Assert.Equal(TrackQueue.Limit, queue.FromCurrent().Count);
    }

    [Fact]
    public void Learn_TrackOfAnEntry_IsShownUntilItIsGone()
    {
        var queue = new TrackQueue();
        queue.Add(Tracks(1));
        queue.TryAdvance();
        var entry = queue.Current;
        queue.Learn(entry, TrackInfo.Unknown(new TrackId(9)));
        Assert.Equal(new TrackId(9), queue.FromCurrent()[0].Track.Id);
        queue.Clear();
        queue.Learn(entry, TrackInfo.Unknown(new TrackId(8)));
        Assert.Empty(queue.FromCurrent());
    }

    [Fact]
    public void Add_BeyondTheLimitWhileAllRepeat_IsRefused()
    {
        var queue = new TrackQueue { Repeat = RepeatMode.All };
        queue.Add(Tracks(TrackQueue.Limit));
        queue.TryAdvance();
        queue.TryAdvance();
        Assert.Throws<PlaybackException>(() => queue.Add(Tracks(1)));
        Assert.Throws<PlaybackException>(() => queue.AddNext(Tracks(1)));
    }

    [Theory]
    [InlineData(3, 1, "0 3 1 2 4")]
    [InlineData(1, 3, "0 2 3 1 4")]
    [InlineData(1, 99, "0 2 3 4 1")]
    [InlineData(2, 2, "0 1 2 3 4")]
    [InlineData(0, 2, null)]
    public void Move_EntryOfThePlaces_PutsItThere(int from, int place, string? expected)
    {
        var queue = new TrackQueue();
        queue.Add(Tracks(5));
        queue.TryAdvance();
        Assert.Equal(expected is not null, queue.Move(queue.FromCurrent()[from].Entry, place));
        Assert.Equal(expected ?? "0 1 2 3 4", Names(queue));
    }

    [Fact]
    public void Move_PlayedOrUnknownEntry_IsRefused()
    {
        var queue = new TrackQueue();
        queue.Add(Tracks(3));
        queue.TryAdvance();
        var played = queue.Current.Id;
        queue.TryAdvance();
        Assert.False(queue.Move(played, 1));
        Assert.False(queue.Move(99, 1));
        while (queue.TryAdvance())
        {
        }

        Assert.False(queue.Move(played, 1));
    }

    [Fact]
    public void AddNext_Several_StandBehindTheCurrentInTheirOrder()
    {
        var queue = new TrackQueue();
        queue.Add(Tracks(2));
        queue.TryAdvance();
        queue.AddNext(Tracks(4)[2..]);
        Assert.Equal("0 2 3 1", Names(queue));
        queue.KeepCurrent();
        Assert.Equal("0", Names(queue));
        queue.Add(Tracks(1));
        Assert.Equal("0 0", Names(queue));
        Assert.True(queue.Remove(queue.FromCurrent()[1].Entry));
        Assert.Null(queue.Next);
    }

    private static string Names(TrackQueue queue) =>
        string.Join(' ', queue.FromCurrent().Select(queued => queued.Track.Id.Value));

    private static TrackInfo[] Tracks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TrackInfo.Unknown(new TrackId((UInt128)i)))];
}
