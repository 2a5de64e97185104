using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Chance;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Network;

/// <summary>A machine on the network: a line in and out, a place, and what is wrong with it at the moment.</summary>
public abstract class SimHost
{
    private static readonly TimeSpan LanRoundTrip = TimeSpan.FromMilliseconds(0.5);

    private protected SimHost(SimNetwork network, int region, double downBytesPerSecond, double upBytesPerSecond)
    {
        (Network, Region) = (network, region);
        Number = network.Add(this);
        Up = new Uplink(network, Number, upBytesPerSecond);
        Down = new Downlink(downBytesPerSecond);
        PeerId = IdOf(network.Options.Seed, Number);
        Address = new NodeAddress(PeerId, "host" + Number, 4000);
    }

    /// <summary>Its number, in the order in which hosts were added.</summary>
    public int Number { get; }

    /// <summary>Where it is.</summary>
    public int Region { get; }

    /// <summary>Its key's hash.</summary>
    public PeerId PeerId { get; }

    /// <summary>Where it listens.</summary>
    public NodeAddress Address { get; }

    /// <summary>The network behind one router that it belongs to; 0 for one of its own.</summary>
    public int Lan { get; private protected init; }

    /// <summary>Bytes that left it, everything counted.</summary>
    public long SentBytes { get; internal set; }

    /// <summary>Bytes that it was sent, everything counted.</summary>
    public long ReceivedBytes { get; internal set; }

    /// <summary>Connections that it has, open or being opened by others.</summary>
    public int Connections => Ends.Count;

    internal SimNetwork Network { get; }

    internal VirtualTime Time => Network.Time;

    /// <summary>True for a server: its bytes are counted apart.</summary>
    internal bool IsNode => SessionOptions.Role == PeerRole.Node;

    /// <summary>False when it tells its peers what is not so.</summary>
    internal virtual bool IsHonest => true;

    internal Uplink Up { get; }

    internal Downlink Down { get; }

    /// <summary>Its ends of connections.</summary>
    internal List<ConnectionEnd> Ends { get; } = [];

    /// <summary>Until when the machine sleeps: nothing that arrives is looked at before.</summary>
    internal long AsleepUntil { get; set; }

    /// <summary>The part of a divided network that it is in, until the division ends.</summary>
    internal (int Part, long Until) Island { get; set; }

    /// <summary>True when others can open connections to it at all.</summary>
    internal abstract bool IsReachable { get; }

    /// <summary>True while its program runs and listens.</summary>
    internal abstract bool IsListening { get; }

    /// <summary>Connections it accepts.</summary>
    internal abstract int MostConnections { get; }

    /// <summary>What it says of itself.</summary>
    internal abstract PeerSessionOptions SessionOptions { get; }

    /// <summary>Changes what its line carries.</summary>
    public void SetLine(double downBytesPerSecond, double upBytesPerSecond)
    {
        Down.BytesPerSecond = downBytesPerSecond;
        Up.SetRate(upBytesPerSecond);
    }

    /// <summary>Puts the machine to sleep: its clock, its program and its timers stand still.</summary>
    public void SleepUntil(Instant until) => AsleepUntil = Math.Max(AsleepUntil, until.Ticks);

    /// <summary>Takes the network away: what is sent meanwhile arrives afterwards, if the connection lasts.</summary>
    public void CutOffUntil(Instant until) => Separate(-1 - Number, until);

    /// <summary>Puts it into a part of the network that reaches no other part for a while.</summary>
    public void Separate(int part, Instant until)
    {
        Island = (part, until.Ticks);
        Separated();
    }

    /// <summary>The host that an id belongs to.</summary>
    internal static int NumberOf(PeerId id) => (int)(uint)id.Value;

    /// <summary>Until when this host and another can't reach each other; 0 when they can.</summary>
    internal long SeparatedUntil(SimHost other, long now)
    {
        var part = Island.Until > now ? Island.Part : 0;
        var otherPart = other.Island.Until > now ? other.Island.Part : 0;
        return part == otherPart ? 0 : Math.Max(part == 0 ? 0 : Island.Until, otherPart == 0 ? 0 : other.Island.Until);
    }

    /// <summary>Ticks of a round trip to another.</summary>
    internal long RoundTripTo(SimHost other) => IsNear(other)
        ? LanRoundTrip.Ticks
        : Network.Regions.Between(Region, other.Region);

    internal bool IsNear(SimHost other) => Lan != 0 && Lan == other.Lan;

    /// <summary>What is asked of its owner for its ends of connections.</summary>
    internal abstract void Opened(ConnectionEnd end);

    internal abstract void Received(ConnectionEnd end, in Parcel parcel);

    internal abstract void Ended(ConnectionEnd end, bool wasOpen, bool misbehaved);

    internal abstract ConnectionId NextIncoming();

    internal abstract void Connected(ConnectionEnd end);

    internal abstract void Accepted(ConnectionEnd end);

    /// <summary>It has been put into a part of the network.</summary>
    internal virtual void Separated()
    {
    }

    internal abstract void ConnectFailed(ConnectionId connection);

    /// <summary>A chunk has left; the lane takes another.</summary>
    internal abstract void LaneFree(ConnectionEnd end, in PeerMessage sent);

    private static PeerId IdOf(ulong seed, int number)
    {
        var mixed = new SeededRandom(seed ^ ((ulong)number << 20)).Next();
        return new PeerId(((UInt128)mixed << 64) | (uint)number);
    }
}
