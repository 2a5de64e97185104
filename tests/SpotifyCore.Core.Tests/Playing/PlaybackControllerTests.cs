using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Playing;

public sealed class PlaybackControllerTests
{
    private readonly PlaybackStage _stage = new();

    private PlaybackController Playback => _stage.Playback;

    [Fact]
    public void Choose_WhileSomethingPlays_LeavesItUntilTheFirstIsOpen()
    {
        Begin(1, 2);
        _stage.Raise(new TracksChosen(PlaybackStage.Tracks(3, 4), 0, _stage.Now));
        Assert.Equal(PlaybackStage.Track(1), Playback.Current!.Entry.Track);
        Assert.True(Playback.IsWanted(Playback.LatestClick));

        _stage.AnswerAll();

        Assert.Equal((PlaybackStage.Track(3), Playback.LatestClick), (Playback.Current.Entry.Track, _stage.Voice));
        Assert.Equal("3 4", Names());
    }

    [Fact]
    public void Choose_WhatIsUnknown_ChangesNothing()
    {
        Begin(1, 2);
        var (current, next) = (Playback.Current, Playback.Next);
        _stage.Unknown.Add(PlaybackStage.Track(3));
        Choose(3);

        Assert.Equal([(Playback.LatestClick, DeliveryFailure.UnknownTrack)], _stage.Failures);
        Assert.Same(current, Playback.Current);
        Assert.Same(next, Playback.Next);
        Assert.Equal("1 2", Names());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Choose_WhatNeverSounds_BringsBackWhatPlayedWhereItWas(bool isPaused)
    {
        Begin(1, 2);
        _stage.Advance(7 * 48_000);
        if (isPaused)
            _stage.Do(new PauseRequested());

        Choose(3, 4);
        _stage.Break();
        _stage.AnswerAll();

        Assert.Equal((Playback.LatestClick, DeliveryFailure.Player), _stage.Failures[^1]);
        Assert.Equal("1 2", Names());
        Assert.Equal(7 * 48_000, Playback.Current!.PositionAt(_stage.Now));
        Assert.Equal((isPaused, isPaused), (Playback.IsPaused, _stage.Output.IsPaused));
    }

    [Fact]
    public void Append_BehindWhatNeverSounds_KeepsTheNewQueue()
    {
        Begin(1);
        Choose(3);
        _stage.Do(new TracksAppended(PlaybackStage.Tracks(4), _stage.Now));
        _stage.Break();
        _stage.AnswerAll();

        Assert.Equal(PlaybackStage.Track(4), Playback.Current!.Entry.Track);
    }

    [Fact]
    public void Append_WhileAClickIsBeingOpened_PlaysBehindIt()
    {
        Begin(1);
        _stage.Raise(new TracksChosen(PlaybackStage.Tracks(3), 0, _stage.Now));
        _stage.Raise(new TracksAppended(PlaybackStage.Tracks(4), _stage.Now));
        _stage.Raise(new TracksInserted(PlaybackStage.Tracks(5), _stage.Now));
        _stage.AnswerAll();

        Assert.Equal("3 5 4", Names());
    }

    [Fact]
    public void PauseStopOrAnotherClick_WhileOneIsBeingOpened_CallsItOff()
    {
        Begin(1);
        var first = Click(2);
        _stage.Raise(new PauseRequested());
        var second = Click(3);
        var third = Click(4);
        _stage.Raise(new PlaybackStopped());
        _stage.AnswerAll();

        Assert.Equal(
            [(first, DeliveryFailure.Paused), (second, DeliveryFailure.Replaced), (third, DeliveryFailure.Stopped)],
            _stage.Failures);
        Assert.True(Playback.IsOver);
    }

    [Fact]
    public void Ended_WithANext_GoesOverToWhatThePlayerHas()
    {
        Begin(1, 2);
        var next = Playback.Next!;
        _stage.Pass(TimeSpan.FromSeconds(15));
        _stage.AnswerAll();
        _stage.PlayOn();

        Assert.Same(next, Playback.Current);
        Assert.False(next.IsClick);
        Assert.Equal(48_000, Playback.Journal.Plays.First().Samples);
    }

    [Fact]
    public void Ended_Last_IsOverOnceAllIsHeard()
    {
        Begin(1);
        Assert.False(Playback.IsOver);
        _stage.PlayOn();

        Assert.Null(Playback.Current);
        Assert.True(Playback.IsOver);
    }

    [Fact]
    public void Sounding_OfWhatIsNotCurrent_LeavesTheNextTryDue()
    {
        Begin(1, 2);
        _stage.IsAway = true;
        _stage.PlayOn();
        _stage.AnswerAll();
        var waiting = Playback.Current!;
        Assert.True(waiting.IsWaiting);

        _stage.Raise(new PlaySounding(new PlayId(uint.MaxValue), _stage.Now));
        _stage.Pass(TimeSpan.FromSeconds(1));

        Assert.NotSame(waiting, Playback.Current);
    }

    [Fact]
    public void SourcesAway_WhenItsTurnComes_IsTriedAgainAfterPausesOfHalfTheirBoundAtLeast()
    {
        Begin(1, 2);
        _stage.IsAway = true;
        _stage.PlayOn();
        _stage.AnswerAll();
        var pauses = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var (waiting, began) = (Playback.Current!, _stage.Now);
            Assert.True(waiting.IsWaiting);
            while (Playback.Current == waiting)
                _stage.Pass(TimeSpan.FromSeconds(1));

            pauses.Add((_stage.Now - began).TotalSeconds);
            _stage.AnswerAll();
        }

        // The stage's clock goes on by whole seconds.
        double[] bounds = [1, 2, 4, 8, 16, 30, 30];
        Assert.All(pauses.Zip(bounds), pair => Assert.InRange(pair.First, pair.Second / 2, pair.Second));
        Assert.NotEqual(bounds, pauses);
        Assert.Equal(2, Playback.Journal.Plays.Count);
        _stage.IsAway = false;
        _stage.Do(new NodesKnown([]));
        Assert.False(Playback.Current!.IsWaiting);
        Assert.Null(Playback.Problem);
    }

    [Fact]
    public void SourcesAway_ComesOnlineWhileATryIsUnderWay_IsTriedAgainAfterTheFirstPause()
    {
        Begin(1, 2);
        _stage.IsAway = true;
        _stage.PlayOn();
        _stage.AnswerAll();
        for (var i = 0; i < 6; i++)
        {
            _stage.Pass(TimeSpan.FromSeconds(30));
            _stage.AnswerAll();
        }

        _stage.Pass(TimeSpan.FromSeconds(30));
        _stage.Raise(new NodesKnown([]));
        _stage.AnswerAll();
        var waiting = Playback.Current!;
        Assert.True(waiting.IsWaiting);

        _stage.Pass(TimeSpan.FromSeconds(1));

        Assert.NotSame(waiting, Playback.Current);
    }

    [Fact]
    public void SourcesAway_WithTheFollowingInTheCache_GoesOnWithThat()
    {
        Begin(1, 2, 3);
        _stage.IsAway = true;
        _stage.Held.Add(PlaybackStage.Track(3));
        _stage.PlayOn();
        _stage.AnswerAll();

        Assert.Equal(PlaybackStage.Track(3), Playback.Current!.Entry.Track);
    }

    [Fact]
    public void TenInARowThatFail_GiveTheQueueUp()
    {
        foreach (var track in Enumerable.Range(1, 11))
            _stage.Unknown.Add(PlaybackStage.Track(track));

        Choose([.. Enumerable.Range(1, 11)]);

        Assert.Equal(10, Playback.Journal.Plays.Count);
        Assert.True(Playback.IsOver);
        Assert.Empty(Playback.Queue.Entries);
    }

    [Fact]
    public void GoBack_BeforeAndAfterThreeSeconds_IsTheTrackBeforeAndTheStart()
    {
        Begin(1, 2);
        _stage.Do(new SkipRequested(_stage.Now));
        _stage.PlayOn();
        _stage.Advance(3 * 48_000);
        _stage.Do(new BackRequested(_stage.Now));
        Assert.Equal((PlaybackStage.Track(2), 0), (Playback.Current!.Entry.Track, Playback.Current.PositionAt(_stage.Now)));

        _stage.Do(new BackRequested(_stage.Now));

        Assert.Equal(PlaybackStage.Track(1), Playback.Current!.Entry.Track);
    }

    [Fact]
    public void Skip_ToTheAnnounced_BeginsItAnew()
    {
        Begin(1, 2);
        _stage.Pass(TimeSpan.FromSeconds(15));
        _stage.AnswerAll();
        var next = Playback.Next!.Id;
        Assert.Equal(next, _stage.Following);
        _stage.Do(new SkipRequested(_stage.Now));

        Assert.Equal((next, next, PlayId.None), (Playback.Current!.Id, _stage.Voice, _stage.Following));
        _stage.PlayOn();
        Assert.True(_stage.Sounds);
    }

    [Fact]
    public void Snapshot_RestoredInAnotherCore_GoesOnThere()
    {
        Begin(1, 2, 3);
        _stage.Do(new ShuffleChosen(IsShuffled: true, 5));
        _stage.Do(new RepeatChosen(RepeatMode.All));
        _stage.Do(new VolumeChosen(40));
        _stage.Do(new CrossfadeChosen(TimeSpan.FromSeconds(4)));
        _stage.Do(new SkipRequested(_stage.Now));
        _stage.PlayOn();
        _stage.Advance(5 * 48_000);
        _stage.Do(new PauseRequested());
        var snapshot = Playback.SnapshotAt(_stage.Now);

        var again = new PlaybackStage();
        again.Do(new PlaybackRestored(snapshot));

        var restored = again.Playback.SnapshotAt(again.Now);
        Assert.Equal(snapshot.Tracks, restored.Tracks);
        Assert.Equal(snapshot.StraightOrder, restored.StraightOrder);
        Assert.Equal(snapshot.Place, restored.Place);
        Assert.Equal((5 * 48_000, true, 40), (restored.Place.Sample, again.Output.IsPaused, again.Output.Volume));
        Assert.Equal(TimeSpan.FromSeconds(4), again.Output.Crossfade);
    }

    [Fact]
    public void Resume_OfWhatWasRestoredPaused_IsWhenItsStartIsCountedFrom()
    {
        Begin(1, 2);
        _stage.Do(new PauseRequested());
        var again = new PlaybackStage();
        again.Do(new PlaybackRestored(Playback.SnapshotAt(_stage.Now)));

        again.Pass(TimeSpan.FromSeconds(10));
        again.Do(new ResumeRequested());
        again.Pass(TimeSpan.FromMilliseconds(5));
        again.PlayOn();

        Assert.Equal(TimeSpan.FromMilliseconds(5), again.Playback.Current!.Start);
    }

    [Fact]
    public void HeardAt_OverSeeks_CountsWhatSounded()
    {
        Begin(1, 2);
        var play = Playback.Current!;
        _stage.Advance(3 * 48_000);
        _stage.Do(new SeekRequested(play.Id, 10 * 48_000));
        _stage.Advance(10 * 48_000);
        _stage.Advance(12 * 48_000);
        _stage.Do(new SeekRequested(play.Id, 0));

        Assert.Equal((0, 5 * 48_000), (play.PositionAt(_stage.Now), play.HeardAt(_stage.Now)));
    }

    [Fact]
    public void Seek_UntilThePlayerIsThere_StandsAtItsPlace()
    {
        Begin(1, 2);
        var play = Playback.Current!;
        _stage.Advance(3 * 48_000);
        _stage.Do(new SeekRequested(play.Id, 10 * 48_000));

        // What the player said before the seek reached it, and what the listener does.
        _stage.Raise(new PlaybackAdvanced(play.Id, 0, play.PositionAt(_stage.Now)) { IsReckoned = true });
        _stage.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(10 * 48_000, play.PositionAt(_stage.Now));
        _stage.Do(new PauseRequested());
        _stage.Do(new ResumeRequested());
        _stage.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(10 * 48_000, play.PositionAt(_stage.Now));

        _stage.Advance(10 * 48_000);
        _stage.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(11 * 48_000, play.PositionAt(_stage.Now));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public void AccountChanged_AfterAFailure_ForgetsItAndWhatAnotherPlayed(bool isAnother, int known)
    {
        Begin(1);
        _stage.Unknown.Add(PlaybackStage.Track(2));
        _stage.Do(new PlaybackStopped());
        Choose(2);
        Assert.NotNull(Playback.Problem);
        _stage.Do(new AccountChanged(IsAnother: false));
        Assert.Null(Playback.Problem);
        Choose(3);

        _stage.Do(new AccountChanged(isAnother));

        Assert.Equal(known, Playback.Journal.Plays.Count);
        Assert.Same(Playback.Current, Playback.Journal.Plays.Last());
    }

    [Fact]
    public void Failed_TheNextSoundsAlready_StartsWhereTheFailedLeftOff()
    {
        Begin(1, 2);
        _stage.Advance(15 * 48_000);
        _stage.AnswerAll();
        var (failed, next, at) = (Playback.Current!.Id, Playback.Next!.Id, _stage.Now);
        Assert.Equal(next, _stage.Following);

        // The loop hears of both only later.
        _stage.Pass(TimeSpan.FromMilliseconds(5));
        _stage.Raise(new PlayFailed(failed, at));
        _stage.Raise(new PlaySounding(next, at));

        Assert.Equal((next, TimeSpan.Zero), (Playback.Current.Id, Playback.Current.Start));
    }

    [Fact]
    public void Failed_OfThePlayBeforeItWasBegunAnew_ChangesNothing()
    {
        Begin(1, 2);
        var (next, at) = (Playback.Next!.Id, _stage.Now);
        _stage.Pass(TimeSpan.FromMilliseconds(5));
        _stage.Do(new SkipRequested(_stage.Now));

        _stage.Raise(new PlayFailed(next, at));

        Assert.Equal(next, Playback.Current!.Id);
        Assert.Null(Playback.Problem);
    }

    [Fact]
    public void Failed_TheNext_IsClosedForThat()
    {
        Begin(1, 2);
        var next = Playback.Next!.Id;

        _stage.Raise(new PlayFailed(next, _stage.Now));

        Assert.Equal([(next, DeliveryFailure.Player)], _stage.Failures);
    }

    [Fact]
    public void Skip_Choose_Stop_EndWhatThePlayerHasBeforeItIsClosed()
    {
        Begin(1, 2, 3);
        _stage.Do(new SkipRequested(_stage.Now));
        Choose(4);
        _stage.Do(new PlaybackStopped());

        // A feed that is closed under its player would end as a failure.
        Assert.Equal(["stop", "close", "stop", "close", "stop", "close"], _stage.Told.Where(
            (told, i) => i == 0 || told != _stage.Told[i - 1]));
    }

    private PlayId Click(params int[] tracks)
    {
        _stage.Raise(new TracksChosen(PlaybackStage.Tracks(tracks), 0, _stage.Now));
        return Playback.LatestClick;
    }

    private void Choose(params int[] tracks)
    {
        Click(tracks);
        _stage.AnswerAll();
    }

    private void Begin(params int[] tracks)
    {
        Choose(tracks);
        _stage.PlayOn();
        Assert.True(_stage.Sounds);
    }

    private string Names() =>
        string.Join(' ', Playback.Queue.FromCurrent.ToArray().Select(entry => entry.Track.Value - 1));
}
