using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// Settles requests: what came, what failed, what is not wanted any more. A chunk whose last request ends without it
/// is missing again. Owned by the core's loop.
/// </summary>
/// <param name="requests">What is in flight.</param>
/// <param name="verifier">Verifies chunks.</param>
internal sealed class RequestLedger(RequestTable requests, IChunkVerifier verifier)
{
    /// <summary>Takes in a chunk that a link sent.</summary>
    public Arrival Receive(Link link, in PeerMessage message, int slot, Instant now, ActionBuffer actions)
    {
        var request = requests.Find(link, message.Request);
        if (request is null || !request.IsPending(message.Chunk))
            return default;

        var (download, chunk, length) = (request.Download, message.Chunk, (int)message.Length);
        var wanted = request.IsWanted(chunk);
        if (!verifier.Matches(slot, download.Manifest, chunk, length))
        {
            download.Statistics.WrongBytes += length;
            return new Arrival(ArrivalKind.Wrong, download, chunk, Tier.None);
        }

        request.NoteArrived(chunk);
        link.Receive(message.Request, length, now);
        if (request.IsComplete)
            requests.Remove(request, cancelled: false, now);
        else if (request.IsUnwanted)
            End(request, cancel: true, now, actions);

        if (!wanted)
        {
            download.Statistics.UnusedBytes += length;
            return new Arrival(ArrivalKind.Unused, download, chunk, Tier.None);
        }

        Unwant(download, chunk, now, actions);
        download.NoteArrived(chunk, length, now);
        return new Arrival(ArrivalKind.Taken, download, chunk, TierOf(link, message));
    }

    /// <summary>A link ended a request without all of its chunks. False when the request is not known.</summary>
    public bool Fail(Link link, uint number, Instant now, ActionBuffer actions)
    {
        if (requests.Find(link, number) is not { } request)
            return false;

        request.Download.Statistics.Redirected++;
        End(request, cancel: false, now, actions);
        return true;
    }

    /// <summary>Takes back all that was asked of a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="cancel">True to tell the remote peer; false when the link is over.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">Receives the cancels.</param>
    public void TakeBack(Link link, bool cancel, Instant now, ActionBuffer actions)
    {
        for (var i = requests.Count - 1; i >= 0; i--)
        {
            var request = requests[i];
            if (request.Link != link)
                continue;

            request.Download.Statistics.Redirected++;
            End(request, cancel, now, actions);
        }
    }

    /// <summary>A chunk of a download is here: whoever else is asked for it need not send it.</summary>
    public void Unwant(Download download, uint chunk, Instant now, ActionBuffer actions)
    {
        while (requests.FindOther(download, chunk, except: null) is { } other)
        {
            other.Unwant(chunk);
            if (other.IsUnwanted)
                End(other, cancel: true, now, actions);
        }
    }

    /// <summary>Gives up all requests of a download that lie outside a range of chunks.</summary>
    public void Keep(Download download, uint from, uint to, Instant now, ActionBuffer actions)
    {
        for (var i = requests.Count - 1; i >= 0; i--)
        {
            var request = requests[i];
            if (request.Download != download)
                continue;

            if (!request.TryFindWanted(from, out var chunk) || chunk >= to)
                End(request, cancel: true, now, actions);
        }
    }

    /// <summary>Gives a request up: what it was to bring is missing again.</summary>
    public void GiveUp(Outstanding request, Instant now, ActionBuffer actions) =>
        End(request, cancel: true, now, actions);

    /// <summary>Gives up all requests of a download.</summary>
    public void Abandon(Download download, Instant now, ActionBuffer actions) =>
        Keep(download, 0, 0, now, actions);

    private void End(Outstanding request, bool cancel, Instant now, ActionBuffer actions)
    {
        if (cancel)
            actions.Add(new SendMessage(request.Link.Connection, PeerMessage.Cancel(request.Request)));

        var (download, from) = (request.Download, 0u);
        while (request.TryFindWanted(from, out var chunk))
        {
            if (requests.FindOther(download, chunk, request) is { } other)
                other.ClearHedged(chunk);
            else
                download.Map[chunk] = ChunkState.Missing;

            from = chunk + 1;
        }

        requests.Remove(request, cancel, now);
    }

    private static Tier TierOf(Link link, in PeerMessage message)
    {
        if (!link.IsNode)
            return Tier.Peers;

        return message.Tier == Tier.Master ? Tier.Master : Tier.Production;
    }
}
