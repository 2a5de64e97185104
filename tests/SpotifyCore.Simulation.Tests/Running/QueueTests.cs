using SpotifyCore.Core;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Running;

public sealed class QueueTests
{
    private readonly World _world = new(new WorldOptions { ChecksAll = true });
    private readonly List<PlayRecord> _plays = [];
    private readonly SimNode _node;
    private readonly SimClient _client;
    private readonly int[] _tracks;

    public QueueTests()
    {
        _world.PlayFinished += (in PlayRecord play) => _plays.Add(play);
        _node = _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        _tracks = [.. Enumerable.Range(0, 4).Select(_ => _world.Tracks.Add(TimeSpan.FromSeconds(30)))];
        _client = _world.AddClient(new ClientSpec());
        _client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
    }

    private IEnumerable<int> Heard => _plays.Where(play => play.IsComplete).Select(play => play.Track);

    [Fact]
    public void Repeat_All_BeginsAnewWithoutAGap()
    {
        _client.Repeat(RepeatMode.All);
        _client.Play(_tracks[..2]);

        _world.RunFor(TimeSpan.FromSeconds(125));

        Assert.Equal([_tracks[0], _tracks[1], _tracks[0], _tracks[1]], Heard);
        Assert.All(_plays.Skip(1), play => Assert.Equal(TimeSpan.Zero, play.Start));
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void PlayNext_GoBack_JumpTo_PlayWhatTheQueueSays()
    {
        _client.Play(_tracks[..2]);
        _world.RunFor(TimeSpan.FromSeconds(1));
        _client.PlayNext(_tracks[2]);
        _world.RunFor(TimeSpan.FromSeconds(31));
        Assert.Equal(_tracks[2], _client.PlayingTrack);

        _client.GoBack();
        _world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(_tracks[0], _client.PlayingTrack);

        _client.JumpTo(2);
        _world.RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal([_tracks[0], _tracks[1]], Heard);
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Play_WhileAnotherPlays_TakesOverOnceItIsOpen()
    {
        _client.Play(_tracks[0]);
        _world.RunFor(TimeSpan.FromSeconds(5));

        _client.Play(_tracks[1]);
        Assert.Equal(_tracks[0], _client.PlayingTrack);
        Assert.Equal(TimeSpan.Zero, _client.Listened);
        _world.RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal(_tracks[..2], _plays.Select(play => play.Track));
        Assert.InRange(_plays[0].Listened.TotalSeconds, 4.8, 5.1);
        Assert.Equal([false, true], _plays.Select(play => play.IsComplete));
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Play_ThatCannotBeOpened_LeavesWhatPlaysAlone()
    {
        _world.Fill(_client, _tracks[0]);
        _client.Play(_tracks[0]);
        _world.RunFor(TimeSpan.FromSeconds(5));
        _world.AccessPoint.IsDown = true;

        _client.Play(_tracks[1]);
        _world.RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal([_tracks[1], _tracks[0]], _plays.Select(play => play.Track));
        Assert.Equal(DeliveryFailure.AccessPointUnreachable, _plays[0].Failure);
        Assert.True(_plays[1] is { IsComplete: true, Stutters: 0 });
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Outage_InTheMiddleOfATrack_IsOneFailureAndItGoesOnWhereItWas()
    {
        var slow = _world.AddClient(new ClientSpec { DownBytesPerSecond = 25_000 });
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(120));
        slow.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        slow.Play(track);
        _world.RunFor(TimeSpan.FromSeconds(20));

        _node.Crash();
        _world.RunFor(TimeSpan.FromMinutes(5));
        _node.Recover();
        _world.RunFor(TimeSpan.FromMinutes(4));

        PlayRecord[] counted = [.. _plays.Where(play => play.IsCurrent)];
        Assert.Equal([DeliveryFailure.NoSource, DeliveryFailure.None], counted.Select(play => play.Failure));
        Assert.Equal([1, 0], counted.Select(play => play.Stutters));
        Assert.InRange(counted.Sum(play => play.Listened.TotalSeconds), 118, 122);
        Assert.True(counted[1].IsComplete && counted[1].Start > TimeSpan.FromMinutes(3));
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void DamageSound_GoesOverToWhatFollows()
    {
        _client.Play(_tracks[..2]);
        _world.RunFor(TimeSpan.FromSeconds(25));

        _client.DamageSound();
        _world.RunFor(TimeSpan.FromSeconds(35));

        Assert.Equal(_tracks[..2], _plays.Select(play => play.Track));
        Assert.True(_plays[1] is { IsComplete: true, IsClick: false });
        Assert.Empty(_world.Checks.Violations);
    }
}
