using SpotifyCore.Client.Listening;
using SpotifyCore.Content.Identity;

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
        Assert.Equal(new TrackId(9), queue.FromCurrent()[0].Id);
        queue.Clear();
        queue.Learn(entry, TrackInfo.Unknown(new TrackId(8)));
        Assert.Empty(queue.FromCurrent());
    }

    private static TrackInfo[] Tracks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TrackInfo.Unknown(new TrackId((UInt128)i)))];
}
