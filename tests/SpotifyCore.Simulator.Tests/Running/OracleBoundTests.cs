using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Tests.Running;

public sealed class OracleBoundTests
{
    private const int Held = 10_000;

    private readonly World _world = new(new WorldOptions());
    private readonly HolderIndex _holders = new();
    private readonly OracleBound _omniscient;
    private readonly int _track;

    public OracleBoundTests()
    {
        _omniscient = new OracleBound(_holders);
        _track = _world.Tracks.Add(TimeSpan.FromSeconds(60));
        AddClient(holds: false);
        _world.RunFor(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Add_NobodyHoldsIt_ServersMustSendIt()
    {
        AddClient(holds: false);

        Assert.Equal(0, Add(Played(peers: 0, production: 600)));
        Assert.Equal((600, 600, 1.0), (_omniscient.Needed, _omniscient.Alone, _omniscient.Floor));
    }

    [Fact]
    public void Add_OneHoldsItAndHasTime_PeersCouldSendAll()
    {
        AddClient(holds: true);

        Assert.Equal(1, Add(Played(peers: 0, production: 600)));
        Assert.Equal(0, _omniscient.Floor);
    }

    [Fact]
    public void Add_MoreThanTheLineBears_TheRestIsLeftToServers()
    {
        AddClient(holds: true);

        Add(Played(peers: 0, production: Held * 15));
        Assert.Equal(Held * 5, _omniscient.Needed, 2.0);
        Assert.Equal(0, _omniscient.Alone);
    }

    [Fact]
    public void Add_TheLineIsTaken_NothingIsLeftForAnother()
    {
        AddClient(holds: true);
        Add(Played(peers: 0, production: Held * 10));
        Assert.Equal(0, _omniscient.Needed, 2.0);

        Add(Played(peers: 0, production: 1_000));
        Assert.Equal(1_000, _omniscient.Needed, 2.0);
    }

    [Fact]
    public void Add_HolderIsOfflineOrBothAreOutOfReach_DoesNotCount()
    {
        AddClient(holds: true).GoOffline();
        Assert.Equal(0, Add(Played(peers: 0, production: 100)));

        var hidden = _world.AddClient(new ClientSpec { IsReachable = false });
        _holders.Add(hidden, []);
        AddClient(holds: true, reachable: false);
        _omniscient.Add(Record(hidden), Played(peers: 0, production: 100), _world.Now, self: 2, counts: true);
        Assert.Equal(200, _omniscient.Alone);
    }

    [Fact]
    public void Add_FromTheCache_NeedsNobody()
    {
        var played = default(TierBytes);
        played.Add(Tier.Cache, 500);

        Add(played);
        Assert.Equal((500, 0), (_omniscient.Played, _omniscient.Needed));
    }

    private static TierBytes Played(long peers, long production)
    {
        var bytes = default(TierBytes);
        bytes.Add(Tier.Peers, peers);
        bytes.Add(Tier.Production, production);
        return bytes;
    }

    private SimClient AddClient(bool holds, bool reachable = true)
    {
        var client = _world.AddClient(new ClientSpec { UpBytesPerSecond = Held, IsReachable = reachable });
        if (holds)
            _world.Fill(client, _track);

        _holders.Add(client, holds ? [_track] : []);
        client.ComeOnline();
        _world.RunFor(TimeSpan.FromSeconds(1));
        return client;
    }

    private int Add(in TierBytes played) =>
        _omniscient.Add(Record(_holders.Clients[0]), played, _world.Now, self: 0, counts: true);

    // A play that has lasted for 10 s.
    private PlayRecord Record(SimClient client) => default(PlayRecord) with
    {
        Client = client,
        Track = _track,
        IsCurrent = true,
        Since = _world.Now - TimeSpan.FromSeconds(10),
    };
}
