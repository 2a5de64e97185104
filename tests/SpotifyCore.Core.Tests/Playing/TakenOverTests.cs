using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Playing;

/// <summary>What another device plays goes on here.</summary>
public sealed class TakenOverTests
{
    private const long Somewhere = 5 * 48_000;

    private readonly PlaybackStage _stage = new();

    [Fact]
    public void PlaybackTakenOver_WhileNothingPlays_GoesOnWhereItWasThere()
    {
        _stage.Do(Taken(RepeatMode.All, [2, 0, 1], 3, 4, 5));
        _stage.PlayOn();

        Assert.Equal((PlaybackStage.Track(4), Somewhere), (_stage.Playback.Current!.Sound, Position));
        Assert.Equal(PlaybackStage.Tracks(3, 4, 5), _stage.Playback.Queue.Entries.Select(static entry => entry.Track));
        Assert.Equal((RepeatMode.All, true), (_stage.Playback.Queue.Repeat, _stage.Playback.Queue.IsShuffled));
        _stage.Do(new ShuffleChosen(false, 0));
        Assert.Equal(PlaybackStage.Tracks(5, 3, 4), _stage.Playback.Queue.Entries.Select(static entry => entry.Track));
        Assert.Equal(new Actions.TellPlaying(true, false), Assert.Single(_stage.ToldPlaying));
    }

    [Fact]
    public void PlaybackTakenOver_WhileSomethingPlays_TakesItsPlaceOnceItIsOpen()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();

        _stage.Raise(Taken(RepeatMode.Off, null, 3, 4));
        Assert.Equal(PlaybackStage.Track(1), _stage.Playback.Current!.Sound);

        _stage.AnswerAll();
        _stage.PlayOn();
        Assert.Equal((PlaybackStage.Track(4), Somewhere), (_stage.Playback.Current!.Sound, Position));
        Assert.Equal(_stage.Playback.LatestClick, _stage.Playback.Current.Id);
        Assert.True(_stage.Sounds);
    }

    [Fact]
    public void PlaybackTakenOver_OfATrackThatThereIsNot_LeavesWhatPlays()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();
        _stage.Unknown.Add(PlaybackStage.Track(4));

        _stage.Do(Taken(RepeatMode.All, null, 3, 4));

        Assert.Equal(PlaybackStage.Track(1), _stage.Playback.Current!.Sound);
        Assert.Equal(PlaybackStage.Tracks(1, 2), _stage.Playback.Queue.Entries.Select(static entry => entry.Track));
        Assert.Equal(RepeatMode.Off, _stage.Playback.Queue.Repeat);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void PlaybackTakenOver_WithoutACurrentTrack_IsIgnored(int position)
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1), 0, _stage.Now));
        _stage.PlayOn();
        var place = new PlaybackPlace(position, 0, false, RepeatMode.Off, 100, TimeSpan.Zero);

        _stage.Do(new PlaybackTakenOver(new PlaybackSnapshot(PlaybackStage.Tracks(3, 4), null, place), _stage.Now));

        Assert.Equal(PlaybackStage.Track(1), _stage.Playback.Current!.Sound);
    }

    [Fact]
    public void PlaybackTakenOver_KeepsThisDevicesVolumeAndCrossfade()
    {
        _stage.Do(new VolumeChosen(40));
        _stage.Do(new CrossfadeChosen(TimeSpan.FromSeconds(3)));

        _stage.Do(Taken(RepeatMode.Off, null, 3, 4));

        Assert.Equal((40, TimeSpan.FromSeconds(3)), (_stage.Output.Volume, _stage.Output.Crossfade));
    }

    private long Position => _stage.Playback.PlaceAt(_stage.Now).Sample;

    /// <summary>The second of them, some seconds in, paused and loud there.</summary>
    private PlaybackTakenOver Taken(RepeatMode repeat, int[]? straight, params int[] tracks)
    {
        var place = new PlaybackPlace(1, Somewhere, IsPaused: true, repeat, Volume: 90, TimeSpan.FromSeconds(9));
        return new PlaybackTakenOver(new PlaybackSnapshot(PlaybackStage.Tracks(tracks), straight, place), _stage.Now);
    }
}
