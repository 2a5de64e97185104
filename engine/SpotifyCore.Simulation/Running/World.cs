using SpotifyCore.Content.Time;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Checks;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Running;

/// <summary>
/// The whole network in one process, on one thread, on virtual time: real cores, sessions and tracker over simulated
/// lines. Everything follows from the seed and from what is done to it. Not safe for many threads; several worlds may
/// run side by side.
/// </summary>
public sealed class World
{
    private readonly VirtualTime _time = new();
    private readonly SimNetwork _network;
    private readonly Population _population;
    private readonly List<SimNode> _nodes = [];

    /// <summary>Makes a world with an access point and nothing else.</summary>
    public World(WorldOptions options)
    {
        _network = new SimNetwork(_time, options);
        Checks = new WorldChecks(_network);
        AccessPoint = new SimAccessPoint(_network, Tracks);
        _population = new Population(_network, Tracks, AccessPoint, Checks);
    }

    /// <summary>Is told of each play once it is over, after the event that ended it was handled.</summary>
    public event PlayFinishedHandler? PlayFinished;

    /// <summary>What it is like.</summary>
    public WorldOptions Options => _network.Options;

    /// <summary>The time.</summary>
    public Instant Now => _time.Now;

    /// <summary>The tracks.</summary>
    public TrackLibrary Tracks { get; } = new();

    /// <summary>The access point, with the tracker.</summary>
    public SimAccessPoint AccessPoint { get; }

    /// <summary>The clients, in the order in which they were added.</summary>
    public IReadOnlyList<SimClient> Clients => _population.Clients;

    /// <summary>The storage nodes, in the order in which they were added.</summary>
    public IReadOnlyList<SimNode> Nodes => _nodes;

    /// <summary>What went over the network.</summary>
    public NetworkCounters Network => _network.Counters;

    /// <summary>What must always hold.</summary>
    public WorldChecks Checks { get; }

    /// <summary>Events so far.</summary>
    public long Events => _time.Events;

    /// <summary>Events that cores were handed so far.</summary>
    public long CoreEvents => _population.CoreEvents;

    /// <summary>Events that wait.</summary>
    public int Waiting => _time.Waiting;

    /// <summary>Messages on their way.</summary>
    public int MessagesUnderWay => _network.Transit.Count;

    /// <summary>A hash over everything that happened, in order.</summary>
    public ulong Trace => _time.Trace;

    /// <summary>Adds a storage node.</summary>
    public SimNode AddStorageNode(NodeSpec spec)
    {
        var node = new SimNode(_network, Tracks, spec);
        _nodes.Add(node);
        AccessPoint.Add(node);
        return node;
    }

    /// <summary>Adds a client; it is offline.</summary>
    public SimClient AddClient(ClientSpec spec) => _population.Add(spec);

    /// <summary>Sets the round trip between two regions, or within one.</summary>
    public void SetRoundTrip(int region, int other, TimeSpan roundTrip) =>
        _network.Regions.Set(region, other, roundTrip);

    /// <summary>Puts a whole file into a client's cache, without an event; the tracker hears of it if wanted.</summary>
    public void Fill(SimClient client, int track, bool announced = false)
    {
        client.Cache.Fill(track);
        if (announced)
            AccessPoint.Announce(client, track);
    }

    /// <summary>Has something done at a time.</summary>
    public void At(Instant at, Action action) => _time.At(at, action);

    /// <summary>Has something done after a time.</summary>
    public void After(TimeSpan span, Action action) => _time.After(span, action);

    /// <summary>Runs all that is due until a time, which it then is.</summary>
    public void RunUntil(Instant until)
    {
        while (_time.TryStep(until))
        {
            while (_population.TryTakeFinished(out var record))
                PlayFinished?.Invoke(record);
        }
    }

    /// <summary>Runs for a while.</summary>
    public void RunFor(TimeSpan span) => RunUntil(Now + span);
}
