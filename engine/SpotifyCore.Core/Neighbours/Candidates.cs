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

    /// <summary>
    /// Remembers a peer, unless it was named before. The tracker knows who is there now: whom it names again may be
    /// tried again.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="by">The account of the neighbour who named it; 0 for the tracker, who is trusted.</param>
    public void Add(in PeerAddress peer, UInt128 by)
    {
        var isKnown = peer.Id is { } id && _named.Contains(id);
        if (isKnown ? by != 0 || IsWaiting(peer) : !MayBeNamed(by))
            return;

        if (!isKnown)
            Name(peer, by);

        Insert(peer);
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

    /// <summary>The one that was taken last was not tried after all: it comes first again.</summary>
    public void PutBack(in PeerAddress peer) => _waiting.Insert(0, peer);

    private bool MayBeNamed(UInt128 by) => _named.Count < options.CandidatesPerFile
        && (by == 0 || _namedBy.GetValueOrDefault(by) < options.CandidatesPerAccount);

    private bool IsWaiting(in PeerAddress peer)
    {
        foreach (var waiting in _waiting)
        {
            if (waiting.Id == peer.Id)
                return true;
        }

        return false;
    }

    private void Name(in PeerAddress peer, UInt128 by)
    {
        if (peer.Id is { } id)
            _named.Add(id);

        _namedBy[by] = _namedBy.GetValueOrDefault(by) + 1;
    }

    private void Insert(in PeerAddress peer)
    {
        var place = _waiting.Count;
        while (place > 0 && RankOf(_waiting[place - 1]) > RankOf(peer))
            place--;

        _waiting.Insert(place, peer);
    }

    private static int RankOf(in PeerAddress peer)
    {
        var near = peer.IsLocal ? 0 : (peer.Place & PeerPlace.SameSite) != PeerPlace.None ? 2 : 4;
        return near + (peer.IsReachable ? 0 : 1);
    }
}
