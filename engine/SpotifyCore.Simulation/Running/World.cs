using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Chance;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Checks;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Tracks;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Running;

/// <summary>
/// The whole network in one process, on one thread, on virtual time: real cores, sessions and tracker over simulated
/// lines. Everything follows from the seed and from what is done to it. Not safe for many threads; several worlds may
/// run side by side.
/// </summary>
public sealed class World
{
    private readonly EventQueue _queue = new();
    private readonly TraceHash _trace = new();
    private readonly List<SimHost> _hosts = [];
    private readonly List<SimClient> _clients = [];
    private readonly List<SimNode> _nodes = [];
    private readonly Queue<PlayRecord> _finished = new();
    private SeededRandom _chance;

    /// <summary>Makes a world with an access point and nothing else.</summary>
    public World(WorldOptions options)
    {
        Options = options;
        _chance = new SeededRandom(options.Seed);
        Regions = new Regions(options.RoundTripWithin, options.RoundTripBetween);
        Transit = new TransitTable(this);
        Checks = new WorldChecks(this);
        AccessPoint = new SimAccessPoint(this);
    }

    /// <summary>Is told of each play once it is over, after the event that ended it was handled.</summary>
    public event PlayFinishedHandler? PlayFinished;

    /// <summary>What it is like.</summary>
    public WorldOptions Options { get; }

    /// <summary>The time.</summary>
    public Instant Now { get; private set; } = new(TimeSpan.TicksPerSecond);

    /// <summary>The tracks.</summary>
    public TrackLibrary Tracks { get; } = new();

    /// <summary>The access point, with the tracker.</summary>
    public SimAccessPoint AccessPoint { get; }

    /// <summary>The clients, in the order in which they were added.</summary>
    public IReadOnlyList<SimClient> Clients => _clients;

    /// <summary>The storage nodes, in the order in which they were added.</summary>
    public IReadOnlyList<SimNode> Nodes => _nodes;

    /// <summary>What went over the network.</summary>
    public NetworkCounters Network { get; } = new();

    /// <summary>What must always hold.</summary>
    public WorldChecks Checks { get; }

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Events that cores were handed so far.</summary>
    public long CoreEvents { get; internal set; }

    /// <summary>Events that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Messages on their way.</summary>
    public int MessagesUnderWay => Transit.Count;

    /// <summary>A hash over everything that happened, in order.</summary>
    public ulong Trace => _trace.Current;

    internal Regions Regions { get; }

    internal TransitTable Transit { get; }

    internal IReadOnlyList<SimHost> Hosts => _hosts;

    /// <summary>The chunk in the one slot, while an event that names it is being handled.</summary>
    internal SlotContent Slot { get; } = new();

    /// <summary>What sessions want done about what was received; another list for what is sent meanwhile.</summary>
    internal SessionActions Taking { get; } = new();

    internal SessionActions Sending { get; } = new();

    /// <summary>Shared by all cores: one handles at a time.</summary>
    internal ActionBuffer Actions { get; } = new(256);

    /// <summary>Adds a storage node.</summary>
    public SimNode AddStorageNode(NodeSpec spec)
    {
        var node = new SimNode(this, spec);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Adds a client; it is offline.</summary>
    public SimClient AddClient(ClientSpec spec)
    {
        var client = new SimClient(this, spec);
        _clients.Add(client);
        return client;
    }

    /// <summary>Sets the round trip between two regions, or within one.</summary>
    public void SetRoundTrip(int region, int other, TimeSpan roundTrip) => Regions.Set(region, other, roundTrip);

    /// <summary>Puts a whole file into a client's cache, without an event; the tracker hears of it if wanted.</summary>
    public void Fill(SimClient client, int track, bool announced = false)
    {
        client.Cache.Fill(track);
        if (announced)
            AccessPoint.Announce(client, track);
    }

    /// <summary>Has something done at a time.</summary>
    public void At(Instant at, Action action) => Push(Math.Max(at.Ticks, Now.Ticks), new Call(action), 0, 0);

    /// <summary>Has something done after a time.</summary>
    public void After(TimeSpan span, Action action) => At(Now + span, action);

    /// <summary>Runs all that is due until a time, which it then is.</summary>
    public void RunUntil(Instant until)
    {
        while (_queue.NextAt <= until.Ticks)
            Step();

        Now = until;
    }

    /// <summary>Runs for a while.</summary>
    public void RunFor(TimeSpan span) => RunUntil(Now + span);

    internal void Push(long at, IDue target, int what, long value) => _queue.Push(at, target, what, value);

    /// <summary>Adds to the trace.</summary>
    internal void Note(int who, int what, long value) => _trace.Add(Now.Ticks, who, what, value);

    internal int AddHost(SimHost host)
    {
        _hosts.Add(host);
        return _hosts.Count - 1;
    }

    internal void Finish(in PlayRecord record) => _finished.Enqueue(record);

    /// <summary>The time that lost packets of a message cost.</summary>
    internal long LossDelay(int bytes, long roundTrip, out bool lost)
    {
        lost = false;
        if (Options.LossShare <= 0)
            return 0;

        var packets = (bytes + WireSize.Segment - 1) / WireSize.Segment;
        lost = Chance() < 1 - Math.Pow(1 - Options.LossShare, packets);
        if (!lost)
            return 0;

        // With three segments behind it a loss is noticed within a round trip; else a timer must run out.
        return packets > 3 ? roundTrip : Math.Max(roundTrip * 2, TimeSpan.TicksPerSecond / 5);
    }

    /// <summary>Chance of the network: from 0 up to 1.</summary>
    internal double Chance() => (_chance.Next() >> 11) / (double)(1ul << 53);

    private void Step()
    {
        var due = _queue.Pop(out var at);
        Now = new Instant(at);
        if (due.Target.TraceId != IDue.Onlooker)
        {
            Events++;
            _trace.Add(at, due.Target.TraceId, due.What, due.Value);
        }

        due.Target.Due(due.What, due.Value);
        while (_finished.TryDequeue(out var record))
            PlayFinished?.Invoke(record);
    }

    private sealed class Call(Action action) : IDue
    {
        public int TraceId => -2;

        public void Due(int what, long value) => action();
    }
}
