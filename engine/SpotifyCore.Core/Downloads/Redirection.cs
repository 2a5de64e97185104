using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// Takes back what a silent peer was asked for, but not what a listener needs next and nobody else may be asked for: who
/// is the only hope may be slow, and what it has begun to send would be lost. Owned by the core's loop.
/// </summary>
/// <param name="nodes">Production.</param>
/// <param name="peers">The other peers.</param>
/// <param name="requests">What is in flight.</param>
/// <param name="ledger">Ends requests.</param>
internal sealed class Redirection(NodeLinks nodes, PeerChoice peers, RequestTable requests, RequestLedger ledger)
{
    /// <summary>Takes back what others may be asked for. True when something is left with the peer.</summary>
    public bool TakeBack(Link silent, Instant now, ActionBuffer actions)
    {
        var isLeft = false;
        for (var i = requests.Count - 1; i >= 0; i--)
        {
            var request = requests[i];
            if (request.Link != silent)
                continue;

            if (!MayGoElsewhere(request, now))
            {
                isLeft = true;
                continue;
            }

            request.Download.Statistics.Redirected++;
            ledger.GiveUp(request, now, actions);
        }

        return isLeft;
    }

    private bool MayGoElsewhere(Outstanding request, Instant now)
    {
        var download = request.Download;
        if (download.Priority != RequestPriority.Playing
            || !request.TryFindWanted(from: 0, out var chunk) || IsInTheWay(request, download.Frontier))
            return true;

        var also = requests.FindOther(download, chunk, request)?.Link;
        if (download.MayAskProduction && nodes.Best(download.File, now, except: also) is not null)
            return true;

        peers.Gather(download, now);
        return peers.HasOther(chunk, request.Link, also);
    }

    /// <summary>True when the peer could be asked for a chunk that is needed sooner, and is not.</summary>
    private bool IsInTheWay(Outstanding request, uint needed)
    {
        var (download, peer) = (request.Download, request.Link);
        if (needed == download.Map.Count || !peer.Holdings.Has(download.File, needed))
            return false;

        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].Link == peer && requests[i].Download == download && requests[i].IsWanted(needed))
                return false;
        }

        return true;
    }
}
