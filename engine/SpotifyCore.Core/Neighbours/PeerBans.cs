using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Peers that are left alone for a while: who lied for long, who could not be reached for less. Bounded: the oldest
/// makes room.
/// </summary>
/// <param name="limit">Most peers remembered.</param>
/// <param name="span">How long each is remembered.</param>
internal sealed class PeerBans(int limit, TimeSpan span)
{
    private readonly Dictionary<PeerId, Instant> _until = [];
    private readonly Queue<PeerId> _order = new();

    /// <summary>How many are remembered.</summary>
    public int Count => _until.Count;

    /// <summary>Remembers a peer, from now on.</summary>
    public void Add(PeerId peer, Instant now)
    {
        if (!_until.ContainsKey(peer))
            _order.Enqueue(peer);

        _until[peer] = now + span;
        if (_order.Count > limit)
            _until.Remove(_order.Dequeue());
    }

    /// <summary>Forgets a peer before its time.</summary>
    public void Remove(PeerId peer)
    {
        // Its place in the order stays until then; what is remembered anew meanwhile takes it over.
        if (_until.ContainsKey(peer))
            _until[peer] = default;
    }

    /// <summary>True for a peer that is to be left alone.</summary>
    public bool Contains(PeerId peer, Instant now) =>
        _until.Count > 0 && _until.TryGetValue(peer, out var until) && now < until;
}
