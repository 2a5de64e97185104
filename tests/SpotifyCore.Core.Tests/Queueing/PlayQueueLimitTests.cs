using System.Globalization;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Queueing;

public sealed class PlayQueueLimitTests
{
    [Fact]
    public void Add_BeyondTheLimit_DropsThePlayedAndThenRefuses()
    {
        var queue = new PlayQueue();
        queue.Add(Tracks(PlayQueue.Limit));
        AssertRefused(queue, 1);
        for (var i = 0; i < 5; i++)
            Assert.True(queue.TryAdvance());

        queue.Add(Tracks(4));
        AssertRefused(queue, 1);
        Assert.Equal(PlayQueue.Limit, queue.FromCurrent.Length);
        while (queue.TryAdvance())
        {
        }

        Assert.True(queue.FromCurrent.IsEmpty);
        queue.Add(Tracks(PlayQueue.Limit));
        Assert.True(queue.TryAdvance());
        Assert.Equal(PlayQueue.Limit, queue.FromCurrent.Length);
    }

    [Fact]
    public void Add_BeyondTheLimitWhileAllRepeat_IsRefused()
    {
        var queue = new PlayQueue { Repeat = RepeatMode.All };
        queue.Add(Tracks(PlayQueue.Limit));
        queue.TryAdvance();
        queue.TryAdvance();
        AssertRefused(queue, 1);
    }

    [Theory]
    [InlineData(3, 1, "0 3 1 2 4")]
    [InlineData(1, 3, "0 2 3 1 4")]
    [InlineData(1, 99, "0 2 3 4 1")]
    [InlineData(2, 2, "0 1 2 3 4")]
    [InlineData(0, 2, null)]
    public void Move_EntryOfThePlaces_PutsItThere(int from, int place, string? expected)
    {
        var queue = new PlayQueue();
        queue.Add(Tracks(5));
        queue.TryAdvance();
        Assert.Equal(expected is not null, queue.MoveBehindCurrent(queue.FromCurrent[from].Id, place));
        Assert.Equal(expected ?? "0 1 2 3 4", Names(queue));
    }

    [Fact]
    public void Move_PlayedOrUnknownEntry_IsRefused()
    {
        var queue = new PlayQueue();
        queue.Add(Tracks(3));
        queue.TryAdvance();
        var played = queue.Current!.Value.Id;
        queue.TryAdvance();
        Assert.False(queue.MoveBehindCurrent(played, 1));
        Assert.False(queue.MoveBehindCurrent(99, 1));
        while (queue.TryAdvance())
        {
        }

        Assert.False(queue.MoveBehindCurrent(played, 1));
    }

    [Fact]
    public void AddNext_Several_StandBehindTheCurrentInTheirOrder()
    {
        var queue = new PlayQueue();
        queue.Add(Tracks(2));
        queue.TryAdvance();
        queue.AddNext(Tracks(4)[2..]);
        Assert.Equal("0 2 3 1", Names(queue));
        queue.KeepCurrent();
        Assert.Equal("0", Names(queue));
        queue.Add(Tracks(1));
        Assert.Equal("0 0", Names(queue));
        Assert.True(queue.Remove(queue.FromCurrent[1].Id));
        Assert.Null(queue.Next);
    }

    [Theory]
    [InlineData("", "10 6 7 11 4 5")]
    [InlineData("remove 5", "10 6 7 11 4")] // Taken out again.
    [InlineData("move 7 1", "10 7 6 11 4 5")]
    [InlineData("clear", "10 11")]
    [InlineData("skip", "10 7 11 4 5")] // It plays, or has.
    public void PutInto_WhatIsStillToCome_GoesOverInItsOrder(string then, string expected)
    {
        var (queue, additions) = (new PlayQueue(), new QueueAdditions());
        queue.Add(Tracks(2));
        queue.TryAdvance();
        additions.AddLast(queue.Add([new TrackId(4), new TrackId(5)]));
        additions.AddNext(queue.AddNext([new TrackId(6), new TrackId(7)]));
        var entries = queue.FromCurrent.ToArray().ToDictionary(entry => entry.Track, entry => entry.Id);
        switch (then.Split(' '))
        {
            case ["remove", var removed]:
                Assert.True(queue.Remove(entries[Id(removed)]));
                break;
            case ["move", var moved, var place]:
                Assert.True(queue.MoveBehindCurrent(entries[Id(moved)], int.Parse(place, CultureInfo.InvariantCulture)));
                break;
            case ["clear"]:
                queue.KeepCurrent();
                break;
            case ["skip"]:
                Assert.True(queue.TrySkip());
                break;
        }

        var successor = queue.CreateSuccessor();
        successor.Add([new TrackId(10), new TrackId(11)]);
        successor.TryAdvance();
        additions.PutInto(successor, queue.FromCurrent[1..]);

        Assert.Equal(expected, Names(successor));
    }

    private static TrackId Id(string number) => new(UInt128.Parse(number, CultureInfo.InvariantCulture));

    private static void AssertRefused(PlayQueue queue, int tracks)
    {
        Assert.False(queue.HasRoomFor(tracks));
        Assert.Throws<InvalidOperationException>(() => queue.Add(Tracks(tracks)));
        Assert.Throws<InvalidOperationException>(() => queue.AddNext(Tracks(tracks)));
    }

    private static string Names(PlayQueue queue) =>
        string.Join(' ', queue.FromCurrent.ToArray().Select(entry => entry.Track.Value));

    private static TrackId[] Tracks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TrackId((UInt128)i))];
}
