using SpotifyCore.Core.Delivery;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulation.Tests.Clients;

namespace SpotifyCore.Simulation.Tests.Checks;

public sealed class LivenessTests
{
    private readonly World _world = new(new WorldOptions { Seed = 5 });

    [Fact]
    public void Silence_NodeConnectedAndNeverAsked_IsAViolationThatNamesIt()
    {
        var node = _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        var client = _world.AddClient(new ClientSpec { Core = AsksNoNode });
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        var play = client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(9));
        Assert.Empty(_world.Checks.Violations);
        _world.RunFor(TimeSpan.FromSeconds(5));

        var violation = Assert.Single(_world.Checks.Violations);
        Assert.StartsWith($"seed 5: play {play.Value} of client {client.Number} is silent", violation.Text);
        Assert.Contains("lacks chunk 0 of track 0", violation.Text);
        Assert.EndsWith($"node {node.Number} has it", violation.Text);
    }

    [Fact]
    public void Failure_NodeConnectedAndNeverAsked_IsAViolation()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var client = _world.AddClient(new ClientSpec { Core = FailsSoon });
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(9));

        Assert.Contains(" fails: ", Assert.Single(_world.Checks.Violations).Text);
    }

    [Fact]
    public void Silence_NobodyElseHasIt_IsNone()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        var node = _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var liar = _world.AddClient(new ClientSpec { Lies = LieKind.EndlessPromises });
        var client = _world.AddClient(new ClientSpec());
        liar.ComeOnline();
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        _world.AccessPoint.Announce(liar, track);
        client.Play(track);
        _world.RunFor(TimeSpan.FromSeconds(0.1));
        node.Crash();

        _world.RunFor(TimeSpan.FromSeconds(60));

        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Silence_NodeIsAskedAndSlow_IsNone()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _world.AddStorageNode(new NodeSpec { HoldsAll = true, UpBytesPerSecond = 900 });
        var client = _world.AddClient(new ClientSpec());
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(10));
        client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(60));

        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Silence_NodeThatRefusedIsAskedAnew_IsNone()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60), bitsPerSecond: 320_000);

        // A chunk takes the near node 14 s: it refuses what is left after 20 s. The far one sends that, which is the
        // rest of the head and too little to begin with; for what lies beyond the near one is asked again.
        var near = _world.AddStorageNode(new NodeSpec { HoldsAll = true, UpBytesPerSecond = 1_200 });
        _world.AddStorageNode(new NodeSpec { HoldsAll = true, UpBytesPerSecond = 100_000, Region = 1 });
        ConnectToBoth(near).Play(track);

        _world.RunFor(TimeSpan.FromSeconds(60));

        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Silence_NodeThatIsAskedSleepsAndAnotherIsNot_IsAViolationThatNamesTheOther()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        var near = _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var far = _world.AddStorageNode(new NodeSpec { HoldsAll = true, Region = 1 });
        var client = ConnectToBoth(near);
        near.SleepUntil(_world.Now + TimeSpan.FromMinutes(1));
        client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(14));

        Assert.EndsWith($"node {far.Number} has it", Assert.Single(_world.Checks.Violations).Text);
    }

    [Fact]
    public void Silence_PeerHoldsItAndIsNeverAsked_IsAViolationThatNamesIt()
    {
        var (giver, track) = AddGiver();
        var client = _world.AddClient(new ClientSpec { Core = AsksNoPeer });
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(14));

        Assert.EndsWith($"client {giver.Number} has it", Assert.Single(_world.Checks.Violations).Text);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(60, 1)]
    public void Silence_PeerWasBusyAndIsFree_IsNoneWhereItIsAskedAgainSoon(int longestPauseSeconds, int violations)
    {
        var (giver, track) = AddGiver(Stage.Selfish);
        var wanted = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        var client = _world.AddClient(new ClientSpec { Core = () => IsPatient(longestPauseSeconds) });
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));

        // What it waits for itself nobody has: it gives nothing until it is given up, 20 s later.
        giver.Play(wanted);
        _world.RunFor(TimeSpan.FromSeconds(0.5));
        client.Play(track);
        _world.RunFor(TimeSpan.FromSeconds(60));

        Assert.Equal(violations, _world.Checks.Violations.Count);
    }

    [Fact]
    public void Silence_PeerFetchesWhatItLacked_IsNone()
    {
        var (giver, track) = AddGiver();
        var other = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        var client = _world.AddClient(new ClientSpec());
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(track, other);
        _world.RunFor(TimeSpan.FromSeconds(59));
        Assert.True(client.Listened > TimeSpan.FromSeconds(30));

        _world.RunFor(TimeSpan.FromSeconds(5));
        _world.Fill(giver, other);
        _world.RunFor(TimeSpan.FromSeconds(80));

        Assert.True(client.Holds(other));
        Assert.Empty(_world.Checks.Violations);
    }

    [Fact]
    public void Failure_NodeIsAskedAndGivenUpBeforeItCouldSend_IsAViolation()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _world.AddStorageNode(new NodeSpec { HoldsAll = true, UpBytesPerSecond = 2_500 });
        var client = _world.AddClient(new ClientSpec { Core = GivesUpSoon });
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(20));
        client.Play(track);

        _world.RunFor(TimeSpan.FromSeconds(7));

        Assert.Contains(" fails: ", Assert.Single(_world.Checks.Violations).Text);
    }

    [Fact]
    public void Play_NodeIsBackWhileItWaitsToBeTriedAgain_GoesOnAtOnce()
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(240));
        var node = _world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var client = _world.AddClient(new ClientSpec());
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(track);
        _world.RunFor(TimeSpan.FromSeconds(10));
        node.Stop();
        _world.RunFor(TimeSpan.FromMinutes(4));
        RunUntil(() => client.Playback.Current is { IsWaiting: false });
        RunUntil(() => client.Playback.Current is { IsWaiting: true });

        var before = client.CachedBytes;
        node.Recover();
        RunUntil(() => client.Connections > 0);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.True(client.CachedBytes > before);
        Assert.Empty(_world.Checks.Violations);
    }

    private void RunUntil(Func<bool> isSo)
    {
        for (var tenths = 0; tenths < 600 && !isSo(); tenths++)
            _world.RunFor(TimeSpan.FromSeconds(0.1));

        Assert.True(isSo());
    }

    // A client that has a track, which the tracker knows; no node is up.
    private (SimClient Giver, int Track) AddGiver(Func<ClientCoreOptions>? core = null)
    {
        var track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        _world.AddStorageNode(new NodeSpec { HoldsAll = true }).Crash();
        var giver = _world.AddClient(new ClientSpec { Core = core });
        giver.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        _world.Fill(giver, track, announced: true);
        return (giver, track);
    }

    // The far node is connected while the near one is away.
    private SimClient ConnectToBoth(SimNode near)
    {
        var client = _world.AddClient(new ClientSpec { Core = WaitsForOneNode });
        near.Stop();
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(2));
        near.Recover();
        _world.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(2, client.Connections);
        return client;
    }

    private static ClientCoreOptions AsksNoNode()
    {
        var options = new ClientCoreOptions();
        options.Nodes.OutstandingBytes = 0;
        return options;
    }

    private static ClientCoreOptions AsksNoPeer()
    {
        var options = new ClientCoreOptions();
        options.Downloads.OutstandingPerPeerAtLeast = options.Downloads.OutstandingPerPeerAtMost = 0;
        return options;
    }

    private static ClientCoreOptions IsPatient(int longestPauseSeconds)
    {
        var options = new ClientCoreOptions();
        options.Downloads.GiveUpAfter = TimeSpan.FromMinutes(2);
        options.Neighbours.LongestBusyPauseInNeed = TimeSpan.FromSeconds(longestPauseSeconds);
        return options;
    }

    private static ClientCoreOptions GivesUpSoon()
    {
        var options = new ClientCoreOptions();
        options.Downloads.GiveUpAfter = TimeSpan.FromSeconds(2);
        return options;
    }

    private static ClientCoreOptions FailsSoon()
    {
        var options = AsksNoNode();
        options.Downloads.GiveUpAfter = TimeSpan.FromSeconds(7);
        return options;
    }

    private static ClientCoreOptions WaitsForOneNode()
    {
        var options = new ClientCoreOptions();
        options.Nodes.ForgiveAfter = TimeSpan.Zero;
        options.Nodes.HedgeAfter = options.Nodes.HedgeAfterInNeed = TimeSpan.FromMinutes(1);
        options.Nodes.Silence = TimeSpan.FromMinutes(1);
        return options;
    }
}
