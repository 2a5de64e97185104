using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Tests.Keeping;

public sealed class KeptPlaybackTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private KeptPlayback Kept => new(_directory["queue"], _directory["playing"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Find_ShuffledQueue_GivesBothOrders()
    {
        var queue = new PlayQueue();
        queue.Add([.. Enumerable.Range(1, 9).Select(number => Track(number).Id)]);
        queue.TryAdvance();
        queue.TryAdvance();
        queue.Shuffle(seed: 5);
        Kept.Keep(new KeptQueue(
            [.. queue.Entries.Select(entry => KeptQueuedTrack.Of(Track((int)entry.Track.Value)))], queue.StraightOrder));
        Kept.Keep(new KeptPlace(1, Track(2).Id.ToString(), 77, true, RepeatMode.One, 30, 2_500));

        var (found, place) = Kept.Find()!.Value;
        var again = new PlayQueue();
        again.Restore([.. found.Tracks.Select(track => track.Info!.Id)], found.Straight, place.Current);

        Assert.Equal((77, true, RepeatMode.One, 30), (place.Sample, place.IsPaused, place.Repeat, place.Volume));
        Assert.Equal(TimeSpan.FromSeconds(2.5), place.ToPlace().Crossfade);
        Assert.Equal(Titles(queue), Titles(again));
        Assert.Equal("5", found.Tracks.Single(track => track.Info!.Id == new TrackId(5)).Title);
        Assert.True(again.IsShuffled);
        again.Unshuffle();
        queue.Unshuffle();
        Assert.Equal("2 3 4 5 6 7 8 9", Titles(again));
        Assert.Equal(Titles(queue), Titles(again));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 12)]
    public void ToPlace_CrossfadeThatCannotBe_IsTheNearestThatCan(int milliseconds, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), new KeptPlace(-1, "", 0, false, RepeatMode.Off, 100, milliseconds).ToPlace().Crossfade);

    [Fact]
    public void Find_PlaceOfBeforeCrossfade_HasNone()
    {
        Kept.Keep(new KeptQueue([KeptQueuedTrack.Of(Track(1))], null));
        File.WriteAllText(
            _directory["playing"], """{"Current":0,"Track":"","Sample":7,"IsPaused":true,"Repeat":1,"Volume":40}""");

        Assert.Equal((7, 0), (Kept.Find()!.Value.Place.Sample, Kept.Find()!.Value.Place.CrossfadeMilliseconds));
    }

    [Theory]
    [InlineData(0, 3, 2)] // The queue was written, the place was not: the track stands elsewhere.
    [InlineData(7, 1, 0)]
    [InlineData(1, 9, -1)] // It is gone.
    [InlineData(-1, 0, -1)]
    public void Find_PlaceOfAnotherQueue_IsWhereItsTrackStands(int current, int track, int expected)
    {
        Kept.Keep(new KeptQueue([.. Enumerable.Range(1, 3).Select(i => KeptQueuedTrack.Of(Track(i)))], null));
        Kept.Keep(new KeptPlace(current, track == 0 ? "" : Track(track).Id.ToString(), 0, false, RepeatMode.Off, 100, 0));

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
        Kept.Keep(new KeptPlace(0, "", 0, false, RepeatMode.Off, 100, 0));
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
        Kept.Keep(new KeptPlace(0, Track(1).Id.ToString(), 0, false, RepeatMode.Off, 100, 0));

        Assert.Null(Kept.Find());
    }

    private static TrackInfo Track(int number) =>
        TrackInfo.Unknown(new TrackId((UInt128)number)) with { Title = $"{number}", Artists = ["A"] };

    private static string Titles(PlayQueue queue) =>
        string.Join(' ', queue.FromCurrent.ToArray().Select(entry => entry.Track.Value));
}
