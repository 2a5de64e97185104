using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Nodes;

/// <summary>What a node keeps for one connection.</summary>
internal sealed class NodeServing
{
    private uint[] _masterTo = [];

    /// <summary>Requests that wait to be served.</summary>
    public ServingQueue Queue { get; } = new();

    /// <summary>Requests of which a chunk is being read, from the cache or from master storage.</summary>
    public int Reading { get; set; }

    /// <summary>Of those, the ones that wait for master storage.</summary>
    public int Pending { get; set; }

    /// <summary>The chunk after the last one that master storage was asked for on behalf of a request.</summary>
    public ref uint MasterTo(int place)
    {
        if (place >= _masterTo.Length)
            Array.Resize(ref _masterTo, Math.Max(8, (place + 1) * 2));

        return ref _masterTo[place];
    }
}
