using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Tests.Playing;

/// <summary>What the access point is told of whether the client plays.</summary>
public sealed class StreamClaimTests
{
    private readonly PlaybackStage _stage = new();

    private List<TellPlaying> Told => _stage.ToldPlaying;

    [Fact]
    public void TellPlaying_FromTheFirstSoundToTheEnd_IsSaidOnce()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        Assert.Empty(Told);

        _stage.PlayOn();
        _stage.Pass(TimeSpan.FromSeconds(15));
        _stage.AnswerAll();
        _stage.PlayOn();
        _stage.PlayOn();
        Assert.Equal([new TellPlaying(true, false)], Told);

        _stage.PlayOn();
        Assert.Equal([new TellPlaying(true, false), new TellPlaying(false, false)], Told);
    }

    [Fact]
    public void StreamTaken_WhilePlaying_PausesUntilTheListenerWantsIt()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1), 0, _stage.Now));
        _stage.PlayOn();

        _stage.Do(new StreamTaken());
        Assert.True(_stage.Output.IsPaused);
        Assert.Equal(new TellPlaying(false, false), Told[^1]);

        _stage.Do(new ResumeRequested());
        Assert.Equal(new TellPlaying(true, false), Told[^1]);
        Assert.Equal(3, Told.Count);
    }

    [Fact]
    public void PlaybackRestored_ThatGoesOn_IsSaidToBeRestored()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();
        var again = new PlaybackStage();

        again.Do(new PlaybackRestored(_stage.Playback.SnapshotAt(_stage.Now)));
        again.PlayOn();
        Assert.Equal([new TellPlaying(true, true)], again.ToldPlaying);

        again.Do(new PauseRequested());
        again.Do(new ResumeRequested());
        Assert.Equal(new TellPlaying(true, false), again.ToldPlaying[^1]);
    }

    [Fact]
    public void PlaybackRestored_AndThenAClick_IsSaidToBeWanted()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();
        var again = new PlaybackStage();

        again.Do(new PlaybackRestored(_stage.Playback.SnapshotAt(_stage.Now)));
        again.Do(new SkipRequested(again.Now));
        again.PlayOn();

        Assert.Equal([new TellPlaying(true, false)], again.ToldPlaying);
    }
}
