namespace SpotifyCore.Simulation.Nodes;

/// <summary>The reads of a node that are under way, in pooled places.</summary>
internal sealed class NodeReads
{
    private readonly List<NodeRead> _reads = [];
    private readonly Stack<int> _free = new();

    public int Put(in NodeRead read)
    {
        if (_free.TryPop(out var place))
        {
            _reads[place] = read;
            return place;
        }

        _reads.Add(read);
        return _reads.Count - 1;
    }

    public NodeRead Take(int place)
    {
        var read = _reads[place];
        _reads[place] = default;
        _free.Push(place);
        return read;
    }
}
