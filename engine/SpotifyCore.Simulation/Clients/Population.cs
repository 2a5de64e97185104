using SpotifyCore.Core.Actions;
using SpotifyCore.Simulation.Access;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Clients;

/// <summary>All clients of a world, and what they share because one core handles at a time.</summary>
internal sealed class Population(
    SimNetwork network, TrackLibrary tracks, SimAccessPoint accessPoint, IClientWatch watch)
{
    private readonly List<SimClient> _clients = [];
    private readonly Queue<PlayRecord> _finished = new();

    /// <summary>The clients, in the order in which they were added.</summary>
    public IReadOnlyList<SimClient> Clients => _clients;

    public SimNetwork Network { get; } = network;

    public TrackLibrary Tracks { get; } = tracks;

    public SimAccessPoint AccessPoint { get; } = accessPoint;

    public IClientWatch Watch { get; } = watch;

    /// <summary>The chunk in the one slot, while an event that names it is being handled.</summary>
    public SlotContent Slot { get; } = new();

    /// <summary>What the core that handles wants done.</summary>
    public ActionBuffer Actions { get; } = new(256);

    /// <summary>Events that cores were handed so far.</summary>
    public long CoreEvents { get; set; }

    /// <summary>Adds a client; it is offline.</summary>
    public SimClient Add(ClientSpec spec)
    {
        var client = new SimClient(this, spec);
        _clients.Add(client);
        return client;
    }

    /// <summary>A play is over.</summary>
    public void Finish(in PlayRecord record) => _finished.Enqueue(record);

    /// <summary>Takes the next play that is over; false when there is none.</summary>
    public bool TryTakeFinished(out PlayRecord record) => _finished.TryDequeue(out record);
}
