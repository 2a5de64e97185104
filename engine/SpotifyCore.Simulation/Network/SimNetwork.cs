using SpotifyCore.Core.Chance;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Network;

/// <summary>The network of a world: its hosts, how far they are from each other, and what is on its way.</summary>
internal sealed class SimNetwork
{
    private readonly List<SimHost> _hosts = [];
    private SeededRandom _chance;

    public SimNetwork(VirtualTime time, WorldOptions options)
    {
        (Time, Options) = (time, options);
        _chance = new SeededRandom(options.Seed);
        Violations = new ViolationLog(time);
        Regions = new Regions(options.RoundTripWithin, options.RoundTripBetween);
        Transit = new TransitTable(time);
    }

    public VirtualTime Time { get; }

    public WorldOptions Options { get; }

    /// <summary>What did not hold.</summary>
    public ViolationLog Violations { get; }

    public Regions Regions { get; }

    /// <summary>Messages on their way.</summary>
    public TransitTable Transit { get; }

    /// <summary>What went over it.</summary>
    public NetworkCounters Counters { get; } = new();

    /// <summary>Its hosts, by number.</summary>
    public IReadOnlyList<SimHost> Hosts => _hosts;

    /// <summary>What sessions want done about what was received; another list for what is sent meanwhile.</summary>
    public SessionActions Taking { get; } = new();

    public SessionActions Sending { get; } = new();

    /// <summary>Adds a host; its number.</summary>
    public int Add(SimHost host)
    {
        _hosts.Add(host);
        return _hosts.Count - 1;
    }

    /// <summary>The time that lost packets of a message cost.</summary>
    public long LossDelay(int bytes, long roundTrip, out bool lost)
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

    // From 0 up to 1.
    private double Chance() => (_chance.Next() >> 11) / (double)(1ul << 53);
}
