using SpotifyCore.Core.Queueing;
using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>Adverts stand between tracks, are heard to their end, and the music goes on after them.</summary>
public sealed class AdvertTests
{
    private readonly Stage _stage = new(options: new WorldOptions
    {
        ChecksAll = true, Adverts = [6], AdvertEvery = TimeSpan.FromSeconds(110),
    });

    private readonly int[] _tracks;
    private readonly int _advert;

    public AdvertTests()
    {
        _stage.AddNode();
        _tracks = [.. Enumerable.Range(0, 6).Select(_ => _stage.AddTrack(60))];
        _advert = _stage.AddTrack(20);
    }

    private bool IsAdvert => _stage.Listener.Playback.IsAdvert;

    [Fact]
    public void Queue_WithAnAdvertDue_HearsItBetweenTracksAndGoesOn()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        Sounded(_stage, _tracks[5], 500);

        Assert.Equal(
            [_tracks[0], _tracks[1], _advert, _tracks[2], _tracks[3], _advert, _tracks[4], _tracks[5]], Heard());
        Assert.Equal(2, _stage.World.AccessPoint.AdvertsHeard);

        // The advert follows on the sample, as it is known ahead; what comes after it is opened once it is over.
        foreach (var play in _stage.Plays.Where(static play => play.IsCurrent))
        {
            Stage.AssertHeard(play);
            Assert.InRange(play.Start!.Value.TotalMilliseconds, 0, play.Track == _advert ? 0 : 500);
        }
    }

    [Fact]
    public void Advert_CantBeSkippedSoughtNorLeft()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));
        _stage.Run(2);

        _stage.Listener.Skip();
        _stage.Listener.GoBack();
        _stage.Listener.Seek(TimeSpan.FromSeconds(19));
        _stage.Listener.JumpTo(4);
        _stage.Listener.Play(_tracks[5]);
        _stage.Run(15);

        Assert.True(IsAdvert);
        Assert.Equal(_advert, _stage.Listener.PlayingTrack);
        Stage.AssertHeard(Sounded(_stage, _advert, 10));
        _stage.Run(1);
        Assert.Equal(_tracks[2], _stage.Listener.PlayingTrack);
    }

    [Fact]
    public void Skip_ToATrackBeforeWhichAnAdvertStands_HearsThatFirst()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        _stage.Run(5);
        _stage.Listener.Skip();
        _stage.Run(30);
        Assert.NotNull(_stage.Listener.Playback.Next?.Advert);

        _stage.Listener.Skip();
        Assert.True(_stage.RunUntil(() => IsAdvert, 1));
        Stage.AssertHeard(Sounded(_stage, _advert, 25));
        _stage.Run(1);
        Assert.Equal(_tracks[2], _stage.Listener.PlayingTrack);
        Assert.Equal(2, _stage.Listener.Playback.Queue.Position);
    }

    [Fact]
    public void Play_AnotherTrackWhileAnAdvertIsDue_HearsItFirst()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks[0], _tracks[1]);
        _stage.Run(70);

        _stage.Listener.Play(_tracks[4], _tracks[5]);
        Assert.True(_stage.RunUntil(() => IsAdvert, 2));
        Stage.AssertHeard(Sounded(_stage, _advert, 25));
        Stage.AssertHeard(Sounded(_stage, _tracks[4], 70));
        Assert.Equal([_tracks[0], _tracks[1], _advert, _tracks[4]], Heard());
    }

    [Fact]
    public void Stop_WhileAnAdvertPlays_HearsItBeforeWhatIsChosenThen()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));
        _stage.Run(3);
        _stage.Listener.Stop();
        _stage.Run(60);
        Assert.Equal(0, _stage.World.AccessPoint.AdvertsHeard);

        _stage.Listener.Play(_tracks[3]);
        Assert.True(_stage.RunUntil(() => IsAdvert, 2));
        Stage.AssertHeard(Sounded(_stage, _tracks[3], 90));
        Assert.Equal(1, _stage.World.AccessPoint.AdvertsHeard);
    }

    [Fact]
    public void Pause_WhileAnAdvertPlays_GoesOnWhereItWas()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));
        _stage.Run(5);
        _stage.Listener.Pause();
        _stage.Run(100);
        Assert.True(IsAdvert);
        _stage.Listener.Resume();

        var advert = Sounded(_stage, _advert, 16);
        Stage.AssertHeard(advert);
        Assert.InRange(advert.Listened.TotalSeconds, 19.9, 20.1);
    }

    [Fact]
    public void QueueChanges_WhileAnAdvertPlays_CountAfterIt()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks[0], _tracks[1], _tracks[2], _tracks[3]);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));

        // What it stands before is taken out.
        _stage.Listener.RemoveAt(2);
        _stage.Listener.Enqueue(_tracks[5]);
        Stage.AssertHeard(Sounded(_stage, _tracks[5], 200));

        Assert.Equal([_tracks[0], _tracks[1], _advert, _tracks[3], _tracks[5]], Heard());
    }

    [Fact]
    public void RemoveAt_AllThatFollows_EndsAfterTheAdvert()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks[0], _tracks[1], _tracks[2]);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));
        _stage.Listener.RemoveAt(2);

        Stage.AssertHeard(Sounded(_stage, _advert, 25));
        _stage.Run(1);
        Assert.Null(_stage.Listener.Playback.Current);
    }

    [Fact]
    public void Repeat_One_HearsAdvertsInBetween()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks[0]);
        _stage.Listener.Repeat(RepeatMode.One);
        _stage.Run(240);

        Assert.Equal([_tracks[0], _tracks[0], _advert, _tracks[0]], Heard().Take(4));
    }

    [Fact]
    public void AccessPointDown_WhileAnAdvertPlays_MusicGoesOnOnceItIsBack()
    {
        _stage.GoOnline();
        _stage.Listener.Play(_tracks);
        Assert.True(_stage.RunUntil(() => IsAdvert, 130));
        _stage.World.AccessPoint.IsDown = true;
        _stage.Run(60);
        Assert.NotEqual(_tracks[2], Heard()[^1]);
        _stage.World.AccessPoint.IsDown = false;

        Stage.AssertHeard(Sounded(_stage, _tracks[2], 150));
        Assert.Equal(1, _stage.World.AccessPoint.AdvertsHeard);
    }

    [Fact]
    public void AdvertThatNobodyHas_IsGivenUpAndTheMusicGoesOn()
    {
        var stage = new Stage(options: new WorldOptions { ChecksAll = true, Adverts = [2], AdvertEvery = TimeSpan.FromSeconds(50) });
        int[] tracks = [stage.AddTrack(60), stage.AddTrack(60)];
        stage.AddTrack(20);
        foreach (var track in tracks)
            stage.AddHolder(track);

        stage.GoOnline();
        stage.Listener.Play(tracks);
        Stage.AssertHeard(Sounded(stage, tracks[1], 200));
        Assert.Equal(0, stage.World.AccessPoint.AdvertsHeard);
    }

    [Fact]
    public void Play_BehindAnAdvertThatNobodyHas_IsTheClickThatItWouldBeWithoutOne()
    {
        var stage = new Stage(options: new WorldOptions { ChecksAll = true, Adverts = [2], AdvertEvery = TimeSpan.FromSeconds(50) });
        int[] tracks = [stage.AddTrack(60), stage.AddTrack(60)];
        stage.AddTrack(20);
        foreach (var track in tracks)
            stage.AddHolder(track);

        stage.GoOnline();
        stage.Listener.Play(tracks[0]);
        stage.Run(10);
        stage.Listener.Play(tracks[1]);

        var chosen = Sounded(stage, tracks[1], 200);
        Assert.True(chosen.IsClick);
        Assert.Equal(0, stage.World.AccessPoint.AdvertsHeard);
    }

    [Fact]
    public void Output_ThatKeepsNoTime_WaitsUntilTheAdvertsTimeIsOver()
    {
        var stage = new Stage(
            static core => core.IsPaced = false,
            new WorldOptions { ChecksAll = true, Adverts = [2], AdvertEvery = TimeSpan.FromSeconds(50) });
        stage.AddNode();
        int[] tracks = [stage.AddTrack(60), stage.AddTrack(60)];
        var advert = stage.AddTrack(20);
        stage.GoOnline();
        stage.Listener.Play(tracks);
        Sounded(stage, tracks[1], 200);

        Assert.Equal(1, stage.World.AccessPoint.AdvertsHeard);
        Assert.Equal([tracks[0], advert, tracks[1]], stage.Plays.Where(static play => play.IsCurrent && play.IsComplete)
            .Select(static play => play.Track));
    }

    // A play that an advert took the place of is over without a sound.
    private static PlayRecord Sounded(Stage stage, int track, double seconds)
    {
        bool IsIt(PlayRecord play) => play.Track == track && play.Listened > TimeSpan.Zero;
        Assert.True(stage.RunUntil(() => stage.Plays.Exists(IsIt), seconds));
        return stage.Plays.FindLast(IsIt);
    }

    private List<int> Heard() =>
        [.. _stage.Plays.Where(static play => play.IsCurrent && play.Listened > TimeSpan.Zero).Select(static play => play.Track)];
}
