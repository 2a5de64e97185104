using SpotifyCore.Content.Identity;

namespace SpotifyCore.Swarm.Neighbours;

/// <summary>
/// Peers that sent a wrong chunk in this session, and are not spoken to again. Bounded: the oldest makes room.
/// </summary>
/// <param name="limit">Most peers remembered.</param>
public sealed class PeerBans(int limit)
{
    private readonly HashSet<PeerId> _banned = [];
    private readonly Queue<PeerId> _order = new();

    /// <summary>How many are remembered.</summary>
    public int Count => _order.Count;

    /// <summary>Bans a peer.</summary>
    public void Add(PeerId peer)
    {
        if (!_banned.Add(peer))
            return;

        _order.Enqueue(peer);
        if (_order.Count > limit)
            _banned.Remove(_order.Dequeue());
    }

    /// <summary>True for a banned peer.</summary>
    public bool Contains(PeerId peer) => _banned.Contains(peer);
}
