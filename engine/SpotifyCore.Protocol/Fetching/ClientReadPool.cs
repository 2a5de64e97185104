namespace SpotifyCore.Protocol.Fetching;

/// <summary>The reads of a link that nobody waits for. Safe for many threads.</summary>
internal sealed class ClientReadPool(ClientLink link)
{
    private const int Limit = 256;
    private readonly Lock _gate = new();
    private readonly Stack<ClientRead> _reads = new();

    public ClientRead Rent()
    {
        lock (_gate)
            return _reads.TryPop(out var read) ? read : new ClientRead(link);
    }

    public void Return(ClientRead read)
    {
        lock (_gate)
        {
            if (_reads.Count < Limit)
                _reads.Push(read);
        }
    }
}
