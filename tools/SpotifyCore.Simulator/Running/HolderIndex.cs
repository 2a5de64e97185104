using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulator.Running;

/// <summary>Who may hold a track whole: all who ever did; whether they still do is asked of the client.</summary>
internal sealed class HolderIndex
{
    private readonly List<List<int>> _holders = [];
    private readonly List<SimClient> _clients = [];

    /// <summary>Clients in the order in which they were added.</summary>
    public IReadOnlyList<SimClient> Clients => _clients;

    /// <summary>Adds a client with what it holds.</summary>
    public void Add(SimClient client, IReadOnlyList<int> held)
    {
        var index = _clients.Count;
        _clients.Add(client);
        foreach (var track in held)
            Of(track).Add(index);
    }

    /// <summary>A client has come to hold a track.</summary>
    public void Note(int client, int track)
    {
        if (!Of(track).Contains(client))
            Of(track).Add(client);
    }

    /// <summary>Clients that may hold a track.</summary>
    public List<int> Of(int track)
    {
        while (_holders.Count <= track)
            _holders.Add([]);

        return _holders[track];
    }

    /// <summary>True while a client can give a track: online, no phone, and it does hold it.</summary>
    public bool Gives(int client, int track)
    {
        var holder = _clients[client];
        return holder.IsOnline && !holder.Spec.IsPhone && holder.Holds(track);
    }
}
