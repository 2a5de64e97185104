using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Faults;

/// <summary>Storage nodes whose machines stand still (SIGSTOP): their connections stay and nothing comes.</summary>
public sealed class FrozenNodeTests
{
    private readonly World _world = new(new WorldOptions { ChecksAll = true });
    private readonly List<PlayRecord> _plays = [];
    private readonly SimNode[] _nodes;
    private readonly SimClient _client;
    private readonly int _track;

    public FrozenNodeTests()
    {
        _nodes = [.. Enumerable.Range(0, 2).Select(_ => _world.AddStorageNode(new NodeSpec { HoldsAll = true }))];
        _track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _client = _world.AddClient(new ClientSpec());
        _world.PlayFinished += (in PlayRecord play) => _plays.Add(play);
    }

    [Theory]
    [InlineData(0, 2)] // While the client is connected to it.
    [InlineData(1, 2)]
    [InlineData(0, 0)] // Before it is.
    [InlineData(1, 0)]
    public void Play_OneNodeFrozen_SoundsFromTheOtherWithinTwoSeconds(int frozen, int afterSeconds)
    {
        _client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(afterSeconds));
        _nodes[frozen].SleepUntil(_world.Now + TimeSpan.FromMinutes(10));
        _world.RunFor(TimeSpan.FromSeconds(2));

        _client.Play(_track);
        _world.RunFor(TimeSpan.FromSeconds(80));

        var play = Assert.Single(_plays);
        Assert.InRange(play.Start!.Value.TotalSeconds, 0, 2);
        Assert.True(play is { IsComplete: true, Stutters: 0 }, $"{play}");
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Play_BothFrozenForSixSeconds_WaitsAndGoesOn()
    {
        _client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        foreach (var node in _nodes)
            node.SleepUntil(_world.Now + TimeSpan.FromSeconds(6));

        _client.Play(_track);
        _world.RunFor(TimeSpan.FromSeconds(90));

        var play = Assert.Single(_plays);
        Assert.InRange(play.Start!.Value.TotalSeconds, 6, 7.5);
        Assert.True(play is { IsComplete: true, Stutters: 0 }, $"{play}");
        Assert.Empty(_world.Checks.Violations);
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("pause")]
    [InlineData("seek")]
    [InlineData("stop")]
    [InlineData("fail")]
    public void Silence_HoweverItEnds_IsCountedOnce(string end)
    {
        var other = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        _client.SetLine(30_000, 100_000);
        _client.Play(_track);
        _world.RunFor(TimeSpan.FromSeconds(8));
        foreach (var node in _nodes)
            node.SleepUntil(_world.Now + TimeSpan.FromHours(1));

        _world.RunFor(TimeSpan.FromSeconds(15));
        switch (end)
        {
            case "skip":
                _client.Play(other);
                break;
            case "pause":
                _client.Pause();
                break;
            case "seek":
                _client.Seek(TimeSpan.FromSeconds(1));
                break;
            case "stop":
                _client.Stop();
                break;
            default:
                _world.RunFor(TimeSpan.FromMinutes(5));
                break;
        }

        _world.RunFor(TimeSpan.FromSeconds(1));
        _client.Stop();
        _world.RunFor(TimeSpan.FromSeconds(1));
        var play = _plays.First(play => play.Track == _track);
        Assert.True(play.Listened > TimeSpan.FromSeconds(1) && play.Stutters >= 1, $"{play}");
        Assert.InRange(play.LongestStutter.TotalSeconds, 1, 120);
    }
}
