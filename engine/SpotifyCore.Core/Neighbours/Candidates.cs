using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Peers that are said to hold one file and were not tried yet: those of the same LAN first, then of the same site,
/// then in the order in which they were named. Those that must be asked to connect stand behind the others of their
/// rank.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="options">How many are remembered.</param>
internal sealed class Candidates(FileId file, NeighbourOptions options)
{
    private readonly List<PeerAddress> _waiting = [];
    private readonly HashSet<PeerId> _named = [];
    private readonly Dictionary<UInt128, int> _namedBy = [];

    public FileId File => file;

    /// <summary>Helpers wanted for the file at a time.</summary>
    public int Wanted { get; set; }

    public int Count => _waiting.Count;

    /// <summary>Remembers a peer, unless it was named before.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="by">The account of the neighbour who named it; 0 for the tracker, who is trusted.</param>
    public void Add(in PeerAddress peer, UInt128 by)
    {
        var namedByIt = _namedBy.GetValueOrDefault(by);
        if (_named.Count >= options.CandidatesPerFile
            || (by != 0 && namedByIt >= options.CandidatesPerAccount)
            || (peer.Id is { } id && !_named.Add(id)))
            return;

        _namedBy[by] = namedByIt + 1;
        var place = _waiting.Count;
        while (place > 0 && RankOf(_waiting[place - 1]) > RankOf(peer))
            place--;

        _waiting.Insert(place, peer);
    }

    /// <summary>Takes the best one; false when all were tried.</summary>
    public bool TryTake(out PeerAddress peer)
    {
        if (_waiting.Count == 0)
        {
            peer = default;
            return false;
        }

        peer = _waiting[0];
        _waiting.RemoveAt(0);
        return true;
    }

    private static int RankOf(in PeerAddress peer)
    {
        var near = peer.IsLocal ? 0 : (peer.Place & PeerPlace.SameSite) != PeerPlace.None ? 2 : 4;
        return near + (peer.IsReachable ? 0 : 1);
    }
}
