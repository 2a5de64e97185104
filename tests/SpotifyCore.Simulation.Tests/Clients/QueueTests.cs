using SpotifyCore.Core;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Tests.Clients;

public sealed class QueueTests
{
    private readonly Stage _stage = new();
    private readonly int[] _tracks;

    public QueueTests()
    {
        _stage.AddNode();
        _tracks = [.. Enumerable.Range(0, 4).Select(_ => _stage.AddTrack(30))];
        _stage.GoOnline();
    }

    private SimClient Listener => _stage.Listener;

    private List<PlayRecord> Plays => _stage.Plays;

    private IEnumerable<int> Heard => Plays.Where(play => play.IsComplete).Select(play => play.Track);

    [Fact]
    public void Repeat_All_BeginsAnewWithoutAGap()
    {
        Listener.Repeat(RepeatMode.All);
        Listener.Play(_tracks[..2]);

        _stage.Run(125);

        Assert.Equal([_tracks[0], _tracks[1], _tracks[0], _tracks[1]], Heard);
        Assert.All(Plays.Skip(1), play => Assert.Equal(TimeSpan.Zero, play.Start));
    }

    [Fact]
    public void PlayNext_GoBack_JumpTo_PlayWhatTheQueueSays()
    {
        Listener.Play(_tracks[..2]);
        _stage.Run(1);
        Listener.PlayNext(_tracks[2]);
        _stage.Run(31);
        Assert.Equal(_tracks[2], Listener.PlayingTrack);

        Listener.GoBack();
        _stage.Run(1);
        Assert.Equal(_tracks[0], Listener.PlayingTrack);

        Listener.JumpTo(2);
        _stage.Run(40);

        Assert.Equal([_tracks[0], _tracks[1]], Heard);
    }

    [Fact]
    public void Play_WhileAnotherPlays_TakesOverOnceItIsOpen()
    {
        Listener.Play(_tracks[0]);
        _stage.Run(5);

        Listener.Play(_tracks[1]);
        Assert.Equal(_tracks[0], Listener.PlayingTrack);
        Assert.Equal(TimeSpan.Zero, Listener.Listened);
        _stage.Run(40);

        Assert.Equal(_tracks[..2], Plays.Select(play => play.Track));
        Assert.InRange(Plays[0].Listened.TotalSeconds, 4.8, 5.1);
        Assert.Equal([false, true], Plays.Select(play => play.IsComplete));
    }

    [Fact]
    public void Play_ThatCannotBeOpened_LeavesWhatPlaysAlone()
    {
        _stage.World.Fill(Listener, _tracks[0]);
        Listener.Play(_tracks[0]);
        _stage.Run(5);
        _stage.World.AccessPoint.IsDown = true;

        Listener.Play(_tracks[1]);
        _stage.Run(40);

        Assert.Equal([_tracks[1], _tracks[0]], Plays.Select(play => play.Track));
        Assert.Equal(DeliveryFailure.AccessPointUnreachable, Plays[0].Failure);
        Assert.True(Plays[1] is { IsComplete: true, Stutters: 0 });
    }

    [Fact]
    public void Outage_InTheMiddleOfATrack_IsOneFailureAndItGoesOnWhereItWas()
    {
        var stage = new Stage(listener: new ClientSpec { DownBytesPerSecond = 25_000 });
        var node = stage.AddNode();
        var track = stage.AddTrack(120);
        stage.GoOnline();
        stage.Listener.Play(track);
        stage.Run(20);

        node.Crash();
        stage.Run(300);
        node.Recover();
        stage.Run(240);

        PlayRecord[] counted = [.. stage.Plays.Where(play => play.IsCurrent)];
        Assert.Equal([DeliveryFailure.NoSource, DeliveryFailure.None], counted.Select(play => play.Failure));
        Assert.Equal([1, 0], counted.Select(play => play.Stutters));
        Assert.InRange(counted.Sum(play => play.Listened.TotalSeconds), 118, 122);
        Assert.True(counted[1].IsComplete && counted[1].Start > TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void DamageSound_GoesOverToWhatFollows()
    {
        Listener.Play(_tracks[..2]);
        _stage.Run(25);

        Listener.DamageSound();
        _stage.Run(35);

        Assert.Equal(_tracks[..2], Plays.Select(play => play.Track));
        Assert.True(Plays[1] is { IsComplete: true, IsClick: false });
    }
}
