using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Tests.Keeping;

public sealed class KeptPlaybackTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private KeptPlayback Kept => new(_directory["queue"], _directory["playing"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Find_ShuffledQueue_GivesBothOrders()
    {
        var queue = new TrackQueue();
        queue.Add([.. Enumerable.Range(1, 9).Select(Track)]);
        queue.TryAdvance();
        queue.TryAdvance();
        queue.SetShuffle(true, seed: 5);
        Kept.Keep(queue.ToKept());
        Kept.Keep(new KeptPlace(1, Track(2).Id.ToString(), 77, true, RepeatMode.One, 30));

        var (found, place) = Kept.Find()!.Value;
        var again = new TrackQueue();
        again.Restore(found, place.Current);

        Assert.Equal((77, true, RepeatMode.One, 30), (place.Sample, place.IsPaused, place.Repeat, place.Volume));
        Assert.Equal(Titles(queue), Titles(again));
        Assert.True(again.IsShuffled);
        again.SetShuffle(false, seed: 0);
        queue.SetShuffle(false, seed: 0);
        Assert.Equal("2 3 4 5 6 7 8 9", Titles(again));
        Assert.Equal(Titles(queue), Titles(again));
    }

    [Theory]
    [InlineData(0, 3, 2)] // The queue was written, the place was not: the track stands elsewhere.
    [InlineData(7, 1, 0)]
    [InlineData(1, 9, -1)] // It is gone.
    [InlineData(-1, 0, -1)]
    public void Find_PlaceOfAnotherQueue_IsWhereItsTrackStands(int current, int track, int expected)
    {
        Kept.Keep(new KeptQueue([.. Enumerable.Range(1, 3).Select(i => KeptQueuedTrack.Of(Track(i)))], null));
        Kept.Keep(new KeptPlace(current, track == 0 ? "" : Track(track).Id.ToString(), 0, false, RepeatMode.Off, 100));

        Assert.Equal(expected, Kept.Find()!.Value.Place.Current);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"Tracks\":null}")]
    [InlineData("{\"Tracks\":[null]}")]
    [InlineData("{\"Tracks\":[{\"Id\":\"?\"}]}")]
    [InlineData("{\"Tracks\":[],\"Straight\":[0]}")]
    public void Find_QueueThatIsNone_IsNull(string text)
    {
        Kept.Keep(new KeptPlace(0, "", 0, false, RepeatMode.Off, 100));
        File.WriteAllText(_directory["queue"], text);

        Assert.Null(Kept.Find());
        Kept.Clear();
        Assert.Null(Kept.Find());
        Kept.Clear();
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Find_LengthThatIsNone_IsNull(long milliseconds)
    {
        Kept.Keep(new KeptQueue([KeptQueuedTrack.Of(Track(1)) with { Milliseconds = milliseconds }], null));
        Kept.Keep(new KeptPlace(0, Track(1).Id.ToString(), 0, false, RepeatMode.Off, 100));

        Assert.Null(Kept.Find());
    }

    [Fact]
    public void Learn_WhatIsKnownAlready_IsNoChange()
    {
        var queue = new TrackQueue();
        queue.Add([Track(1)]);
        queue.TryAdvance();
        var version = queue.Version;

        queue.Learn(queue.Current, Track(1) with { Year = 1999, BitsPerSecond = [160_000] });
        Assert.Equal((version, 1999), (queue.Version, queue.InfoOf(queue.Current).Year));
        queue.Learn(queue.Current, Track(1) with { Artists = ["A", "B"] });
        Assert.True(queue.Version > version);
    }

    private static TrackInfo Track(int number) =>
        TrackInfo.Unknown(new TrackId((UInt128)number)) with { Title = $"{number}", Artists = ["A"] };

    private static string Titles(TrackQueue queue) =>
        string.Join(' ', queue.FromCurrent().Select(queued => queued.Track.Title));
}
