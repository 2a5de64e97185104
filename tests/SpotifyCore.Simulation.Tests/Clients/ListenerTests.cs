using SpotifyCore.Content.Sources;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>What a listener does to a play: seek, skip, choose another, pause, stop.</summary>
public sealed class ListenerTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Seek_Forward_SoundsThereAtOnce()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(240);
        _stage.AddHolder(track);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(5);

        var heard = _stage.Listener.Listened;
        _stage.Listener.Seek(TimeSpan.FromSeconds(200));
        _stage.Run(1);

        Assert.InRange((_stage.Listener.Listened - heard).TotalSeconds, 0.7, 1);
        Stage.AssertHeard(_stage.Finish(track, 42));
    }

    [Fact]
    public void Seek_BackToWhatTheCacheHolds_AsksNobody()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(40);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(30);
        var asked = _stage.World.Network.NodeRequests;

        _stage.Listener.Seek(TimeSpan.FromSeconds(1));

        var play = _stage.Finish(track);
        Stage.AssertHeard(play);
        Assert.Equal(asked, _stage.World.Network.NodeRequests);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(Tier.Production));
    }

    [Fact]
    public void Seek_BeforeTheTrackIsOpen_StartsThere()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Listener.Seek(TimeSpan.FromSeconds(50));

        Assert.True(_stage.Finish(track, 12).IsComplete);
    }

    [Fact]
    public void SetNext_PlayerHasGoneOverAndItsReportIsOnItsWay_WhatFollowedIsTakenBack()
    {
        var stage = new Stage(options: new WorldOptions { ChecksAll = true, PlayerReportsTake = TimeSpan.FromSeconds(2) });
        stage.AddNode();
        var (first, taken, last) = (stage.AddTrack(10), stage.AddTrack(10), stage.AddTrack(10));
        stage.GoOnline();
        stage.Listener.Play(first, taken);
        Assert.True(stage.RunUntil(() => stage.Listener.Listened > TimeSpan.FromSeconds(9), 20));
        Assert.True(stage.RunUntil(() => stage.Listener.Listened < TimeSpan.FromSeconds(1), 2));
        Assert.Equal(first, stage.Listener.PlayingTrack);

        stage.Listener.SetNext(last);

        Stage.AssertHeard(stage.Finish(last));
        Assert.False(stage.Finish(taken).IsComplete);
        Stage.AssertHeard(stage.Finish(first));
    }

    [Fact]
    public void Enqueue_ThreeTracks_FollowWithoutAGap()
    {
        _stage.AddNode();
        int[] tracks = [_stage.AddTrack(60), _stage.AddTrack(60), _stage.AddTrack(60)];
        _stage.GoOnline();
        foreach (var track in tracks)
            _stage.Listener.Enqueue(track);

        _stage.Run(190);

        Assert.Equal(tracks, _stage.Plays.Select(play => play.Track));
        Assert.Equal([true, false, false], _stage.Plays.Select(play => play.IsClick));
        Assert.All(_stage.Plays.Skip(1), play => Assert.Equal(TimeSpan.Zero, play.Start));
        Assert.All(_stage.Plays, play => Stage.AssertHeard(play));
    }

    [Fact]
    public void Skip_ToAnAnnouncedTrack_BeginsItByAClick()
    {
        _stage.AddNode();
        var (first, second) = (_stage.AddTrack(60), _stage.AddTrack(60));
        _stage.GoOnline();
        _stage.Listener.Play(first);
        _stage.Listener.SetNext(second);
        _stage.Run(10);

        _stage.Listener.Skip();
        _stage.Run(20);
        _stage.Listener.Seek(TimeSpan.FromSeconds(50));
        _stage.Run(15);

        Assert.Equal([first, second], _stage.Plays.Select(play => play.Track));
        Assert.False(_stage.Plays[0].IsComplete);
        Assert.InRange(_stage.Plays[0].Listened.TotalSeconds, 9, 10);
        Stage.AssertHeard(_stage.Plays[1]);
        Assert.True(_stage.Plays[1].IsClick);
        Assert.InRange(_stage.Plays[1].Listened.TotalSeconds, 28, 31);
    }

    [Fact]
    public void Next_WithPeers_IsFetchedAheadAndFollowsWithoutAGap()
    {
        _stage.AddNode();
        var (first, second) = (_stage.AddTrack(60), _stage.AddTrack(60));
        _stage.World.Fill(_stage.AddHolder(first), second, announced: true);
        _stage.GoOnline();
        _stage.Listener.Play(first, second);

        var play = _stage.Finish(second);
        Stage.AssertHeard(play);
        Assert.Equal(TimeSpan.Zero, play.Start);
        var length = _stage.LengthOf(second);
        Assert.InRange(play.Bytes.Played(Tier.Peers), length * 99 / 100, length);
    }

    [Fact]
    public void Next_WithoutPeers_OnlyItsHeadIsFetchedAhead()
    {
        _stage.AddNode();
        var (first, second) = (_stage.AddTrack(60), _stage.AddTrack(120));
        _stage.GoOnline();
        _stage.Listener.Play(first, second);

        _stage.Run(59);
        Assert.InRange(_stage.Listener.CachedBytes - _stage.LengthOf(first), 3 * 20_000, 5 * 20_000);
        var play = _stage.Finish(second);
        Stage.AssertHeard(play);
        Assert.Equal(TimeSpan.Zero, play.Start);
        Assert.Equal(_stage.LengthOf(second), play.Bytes.Played(Tier.Production));
    }

    [Fact]
    public void Next_TheSameTrackAgain_TakesWhatTheFirstStoredMeanwhile()
    {
        var stage = new Stage(options => options.Prefetch.HeadAt = TimeSpan.FromSeconds(55));
        stage.AddNode();
        var track = stage.AddTrack(60);
        stage.GoOnline();
        stage.Listener.Play(track, track);

        Assert.True(stage.RunUntil(() => stage.Plays.Count == 2, 130));

        var again = stage.Plays[1];
        Stage.AssertHeard(again);
        Assert.Equal(stage.LengthOf(track), again.Bytes.Played(Tier.Cache));
        Assert.Equal(0, stage.Plays[0].Bytes.UnusedBytes + again.Bytes.UnusedBytes + again.Bytes.Fetched(Tier.Production));
    }

    [Fact]
    public void Next_Clicked_UsesWhatWasFetchedAhead()
    {
        _stage.AddNode();
        var (first, second) = (_stage.AddTrack(60), _stage.AddTrack(60));
        _stage.GoOnline();
        _stage.Listener.Play(first, second);
        _stage.Run(55);

        _stage.Listener.Skip();

        var play = _stage.Finish(second);
        Stage.AssertHeard(play);
        Assert.InRange(play.Start!.Value.TotalMilliseconds, 0, 8);
        Assert.Equal(0, play.Bytes.UnusedBytes);
        Assert.Equal(_stage.LengthOf(second), play.Bytes.Fetched(Tier.Production));
    }

    [Fact]
    public void Skip_WhileItIsFetched_CancelsItsRequests()
    {
        var node = _stage.AddNode(100_000);
        var (first, second) = (_stage.AddTrack(240), _stage.AddTrack(60));
        _stage.GoOnline();
        _stage.Listener.Play(first, second);
        _stage.Run(0.4);

        _stage.Listener.Skip();

        Assert.True(_stage.Finish(second).IsComplete);
        Assert.InRange(node.SentBytes, _stage.LengthOf(second), _stage.LengthOf(second) + 150_000);
    }

    [Fact]
    public void Stop_EndsEveryPlayAndAsksForNothingMore()
    {
        _stage.AddNode();
        var (first, second) = (_stage.AddTrack(30), _stage.AddTrack(60));
        _stage.GoOnline();
        _stage.Listener.Play(first, second);
        _stage.Run(25);

        _stage.Listener.Stop();

        Assert.Equal(0, _stage.Listener.Status.Requests);
        var network = _stage.World.Network;
        var before = (network.NodeRequests, network.AccessPointCalls);
        _stage.Run(60);
        Assert.Equal(before, (network.NodeRequests, network.AccessPointCalls));
        Assert.Equal([first, second], _stage.Plays.Select(play => play.Track).Order());
    }

    [Fact]
    public void Pause_LongAfterwards_GoesOn()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(20);
        _stage.Listener.Pause();
        _stage.Run(600);

        _stage.Listener.Resume();

        Stage.AssertHeard(_stage.Finish(track, 42));
    }
}
