using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// Makes room at a peer for the chunk that a listener waits for: what the peer was asked for beyond it is given up, the
/// farthest first, and asked for again later. Owned by the core's loop.
/// </summary>
/// <param name="peers">Says how much a peer may be asked for.</param>
/// <param name="requests">What is in flight.</param>
/// <param name="ledger">Ends requests.</param>
internal sealed class Displacement(PeerChoice peers, RequestTable requests, RequestLedger ledger)
{
    /// <summary>True when a peer that holds the chunk, other than who is asked for it, may be asked now.</summary>
    public bool TryMakeRoom(Download download, uint chunk, Link? asked, Instant now, ActionBuffer actions)
    {
        if (Farthest(download, chunk, asked, of: null) is not { Link: { } peer } farthest)
            return false;

        ledger.GiveUp(farthest, now, actions);
        while (peers.SpareOf(peer) == 0 && Farthest(download, chunk, asked, peer) is { } next)
            ledger.GiveUp(next, now, actions);

        return peers.SpareOf(peer) > 0;
    }

    // A chunk that stands first with a peer may be on its way already; of a range that does, the others are not, and cost
    // the listener more than that one. Room at one that is silent would be of no use.
    private Outstanding? Farthest(Download download, uint chunk, Link? asked, Link? of)
    {
        for (var i = requests.Count - 1; i >= 0; i--)
        {
            var request = requests[i];
            var link = request.Link;
            if (request.Download == download && link is { IsNode: false, Silences: 0 } && link != asked
                && (of is null || link == of) && link.Holdings.Has(download.File, chunk)
                && IsBeyond(request, chunk) && (IsSecond(i) || IsRange(request)))
                return request;
        }

        return null;
    }

    private static bool IsBeyond(Outstanding request, uint chunk) =>
        request.TryFindWanted(from: 0, out var first) && (first > chunk || !request.TryFindWanted(chunk, out _));

    private static bool IsRange(Outstanding request) =>
        request.TryFindWanted(from: 0, out var first) && request.TryFindWanted(first + 1, out _);

    private bool IsSecond(int place)
    {
        for (var i = 0; i < place; i++)
        {
            if (requests[i].Link == requests[place].Link)
                return true;
        }

        return false;
    }
}
