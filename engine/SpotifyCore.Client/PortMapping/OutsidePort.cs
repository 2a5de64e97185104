using System.Net;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Which port others are told: a router's, where the access point sees this client at that router's address; else the
/// port here. Safe for many threads.
/// </summary>
/// <param name="port">The port here.</param>
/// <param name="tell">Told which port it is, now and when that changes.</param>
internal sealed class OutsidePort(int port, Action<int> tell)
{
    private readonly Lock _guard = new();
    private string _seenAt = "";

    /// <summary>The port here.</summary>
    public int Local => port;

    /// <summary>Where a router passes connections on from; null while none does.</summary>
    public IPEndPoint? Mapped { get; private set; }

    /// <summary>The access point sees this client at a host.</summary>
    public void SeenAt(string host)
    {
        lock (_guard)
        {
            _seenAt = host;
            Tell();
        }
    }

    /// <summary>A router passes connections on, or no longer does.</summary>
    public void Map(IPEndPoint? outside)
    {
        lock (_guard)
        {
            Mapped = outside;
            Tell();
        }
    }

    private void Tell() =>
        tell(Mapped is { } outside && outside.Address.ToString() == _seenAt ? outside.Port : port);
}
