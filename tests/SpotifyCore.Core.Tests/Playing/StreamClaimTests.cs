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
    public void OpenTrack_OfAClickAndOfWhatFollows_IsWantedAsTheListenerDoes()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();
        _stage.Pass(TimeSpan.FromSeconds(15));
        _stage.AnswerAll();
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(3), 0, _stage.Now));
        var again = new PlaybackStage();
        again.Do(new PlaybackRestored(_stage.Playback.SnapshotAt(_stage.Now)));

        Assert.Equal(
            [(PlaybackStage.Track(1), OpenReason.Wanted), (PlaybackStage.Track(2), OpenReason.GoesOn),
                (PlaybackStage.Track(3), OpenReason.Wanted)],
            _stage.Opens.Select(static open => (open.Track, open.Reason)));
        Assert.Equal(OpenReason.GoesOn, again.Opens[0].Reason);
    }

    [Fact]
    public void OpenTrack_OfWhatFollowsAClickThatSounded_IsNotWanted()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2, 3), 0, _stage.Now));
        _stage.PlayOn();
        _stage.Pass(TimeSpan.FromSeconds(15));
        _stage.AnswerAll();
        _stage.Do(new SkipRequested(_stage.Now));
        _stage.PlayOn();
        _stage.PlayOn();

        Assert.Equal((PlaybackStage.Track(3), OpenReason.GoesOn), (_stage.Opens[^1].Track, _stage.Opens[^1].Reason));
    }

    [Fact]
    public void TrackOpened_ByWhichTheStreamIsTaken_IsSaidOnce()
    {
        _stage.PlaysElsewhere = true;
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1), 0, _stage.Now));
        _stage.PlayOn();
        Assert.Equal([new TellPlaying(true, true)], Told);

        // What is resumed was not opened for that.
        _stage.Do(new PauseRequested());
        _stage.Do(new ResumeRequested());
        Assert.Equal(new TellPlaying(true, false), Told[^1]);
    }

    [Fact]
    public void PlaybackRestored_Paused_TakesNothingWhateverIsTriedAgain()
    {
        var again = Restored(isPaused: true);
        again.IsAway = true;

        again.Do(new NodesKnown([]));
        again.Pass(TimeSpan.FromMinutes(5));
        again.AnswerAll();
        again.IsAway = false;
        again.Do(new NodesKnown([]));

        Assert.All(again.Opens, static open => Assert.Equal(OpenReason.Paused, open.Reason));
        Assert.Empty(again.ToldPlaying);

        again.Do(new ResumeRequested());
        again.PlayOn();
        Assert.Equal([new TellPlaying(true, false)], again.ToldPlaying);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PlaybackRestored_WhileTheAccountPlaysElsewhere_WaitsPausedUntilTheListenerWantsIt(bool isPaused)
    {
        var again = Restored(isPaused, playsElsewhere: true);

        again.Pass(TimeSpan.FromHours(1));
        again.AnswerAll();

        Assert.True(again.Output.IsPaused);
        Assert.Equal(PlaybackStage.Track(1), again.Playback.Current!.Entry.Track);
        Assert.Equal(DeliveryFailure.PlaysElsewhere, again.Playback.Problem!.Value.Failure);
        Assert.InRange(again.Opens.Count, 1, 2);
        Assert.All(again.Opens, static open => Assert.NotEqual(OpenReason.Wanted, open.Reason));
        Assert.Empty(again.ToldPlaying);

        again.Do(new ResumeRequested());
        again.PlayOn();

        Assert.Equal(
            [PlaybackStage.Track(1)],
            again.Opens.Where(static open => open.Reason == OpenReason.Wanted).Select(static open => open.Track));
        Assert.Equal(PlaybackStage.Track(1), again.Playback.Current!.Entry.Track);
        Assert.Equal(48_000, again.Playback.Current.PositionAt(again.Now));
        Assert.Null(again.Playback.Problem);
        Assert.Equal([new TellPlaying(true, true)], again.ToldPlaying);
    }

    [Fact]
    public void StreamTaken_WhatFollows_IsNotOpenedUntilAClick()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2, 3, 4), 0, _stage.Now));
        _stage.PlayOn();
        _stage.PlaysElsewhere = true;

        // What was opened before is played to its end.
        for (var i = 0; i < 10 && !_stage.Output.IsPaused; i++)
        {
            _stage.PlayOn();
            _stage.AnswerAll();
        }

        var waiting = _stage.Playback.Current!;
        Assert.Equal((true, DeliveryFailure.PlaysElsewhere), (_stage.Output.IsPaused, waiting.Failure));
        Assert.Single(_stage.Opens, static open => open.Reason == OpenReason.Wanted);

        _stage.Do(new ResumeRequested());
        Assert.False(_stage.Output.IsPaused);
        Assert.Equal(
            [PlaybackStage.Track(1), waiting.Entry.Track],
            _stage.Opens.Where(static open => open.Reason == OpenReason.Wanted).Select(static open => open.Track));
    }

    /// <summary>What was asked for before a listener wanted it is answered after that.</summary>
    [Fact]
    public void OpenFailed_AsItPlaysElsewhere_CallsOffNoNewerClick()
    {
        var again = Restored(isPaused: false, playsElsewhere: true, isAnswered: false);
        again.Raise(new TracksChosen(PlaybackStage.Tracks(3), 0, again.Now));
        again.Answer();
        Assert.NotNull(again.Playback.Problem);

        again.AnswerAll();
        again.PlayOn();
        Assert.DoesNotContain(
            again.Opens, static open => open.Track == PlaybackStage.Track(1) && open.Reason == OpenReason.Wanted);
        Assert.Equal(PlaybackStage.Track(3), again.Playback.Current!.Entry.Track);
        Assert.False(again.Output.IsPaused);
        Assert.Equal([new TellPlaying(true, true)], again.ToldPlaying);

        var resumed = Restored(isPaused: true, playsElsewhere: true, isAnswered: false);
        resumed.Raise(new ResumeRequested());
        resumed.Answer();
        resumed.AnswerAll();
        Assert.Equal(OpenReason.Wanted, resumed.Opens.Last(static open => open.Track == PlaybackStage.Track(1)).Reason);
        Assert.Equal(PlaybackStage.Track(1), resumed.Playback.Current!.Entry.Track);
        Assert.False(resumed.Output.IsPaused);
    }

    [Fact]
    public void StreamTaken_WhileAClickIsOpened_CallsThatNotOff()
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1), 0, _stage.Now));
        _stage.PlayOn();
        _stage.PlaysElsewhere = true;
        _stage.Raise(new TracksChosen(PlaybackStage.Tracks(2), 0, _stage.Now));

        _stage.Raise(new StreamTaken());
        Assert.True(_stage.Output.IsPaused);
        _stage.AnswerAll();
        _stage.PlayOn();

        Assert.Equal(PlaybackStage.Track(2), _stage.Playback.Current!.Entry.Track);
        Assert.False(_stage.Output.IsPaused);
        Assert.Equal(
            [new TellPlaying(true, false), new TellPlaying(false, false), new TellPlaying(true, true)], Told);

        _stage.Do(new StreamTaken());
        Assert.True(_stage.Output.IsPaused);
    }

    [Fact]
    public void OpenFailed_OfAClickThatIsToWait_WaitsPausedAndAsksNoMore()
    {
        (_stage.PlaysElsewhere, _stage.IsToWait) = (true, true);

        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.Pass(TimeSpan.FromMinutes(10));
        _stage.AnswerAll();

        Assert.Single(_stage.Opens, static open => open.Reason == OpenReason.Wanted);
        Assert.True(_stage.Output.IsPaused);
        Assert.Equal(PlaybackStage.Track(1), _stage.Playback.Current!.Entry.Track);
    }

    [Theory]
    [InlineData(30, OpenReason.Wanted)]
    [InlineData(90, OpenReason.GoesOn)]
    public void ResumeRequested_WhileTheAccessPointIsAway_IsKeptForAMinute(int seconds, OpenReason reason)
    {
        var again = Restored(isPaused: true, isAway: true);
        again.Do(new ResumeRequested());

        // Bit by bit: a jump is taken for a sleep.
        for (var passed = 0; passed < seconds; passed++)
        {
            again.Pass(TimeSpan.FromSeconds(1));
            again.AnswerAll();
        }

        again.IsAway = false;
        again.Raise(new NodesKnown([]));

        Assert.Equal((PlaybackStage.Track(1), reason), (again.Opens[^1].Track, again.Opens[^1].Reason));
    }

    [Fact]
    public void PauseRequested_AfterAClickThatWasNotSaid_WantsItNoMore()
    {
        var again = Restored(isPaused: true, isAway: true);
        again.Do(new ResumeRequested());
        again.Do(new PauseRequested());

        again.IsAway = false;
        again.Do(new NodesKnown([]));

        Assert.Equal(OpenReason.Paused, again.Opens[^1].Reason);
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

    private PlaybackStage Restored(
        bool isPaused, bool? playsElsewhere = null, bool isAway = false, bool isAnswered = true)
    {
        _stage.Do(new TracksChosen(PlaybackStage.Tracks(1, 2), 0, _stage.Now));
        _stage.PlayOn();
        _stage.Advance(48_000);
        if (isPaused)
            _stage.Do(new PauseRequested());

        var again = new PlaybackStage { PlaysElsewhere = playsElsewhere, IsAway = isAway };
        again.Raise(new PlaybackRestored(_stage.Playback.SnapshotAt(_stage.Now)));
        if (isAnswered)
            again.AnswerAll();

        return again;
    }
}
