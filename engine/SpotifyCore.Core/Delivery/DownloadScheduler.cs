using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Decides which chunk to ask of whom. Each missing chunk, nearest to the playback point first, is asked of a peer
/// while that leaves time for production, else of production; ranges are pipelined. Owned by the core's loop.
/// </summary>
/// <param name="options">How chunks are asked for.</param>
/// <param name="lookAhead">How far production may be asked.</param>
/// <param name="nodes">Production.</param>
/// <param name="peers">Picks among peers.</param>
/// <param name="requests">What is in flight.</param>
internal sealed class DownloadScheduler(
    DownloadOptions options, LookAhead lookAhead, NodeLinks nodes, PeerChoice peers, RequestTable requests)
{
    /// <summary>Asks for what is missing, as far as there is room.</summary>
    public void Fill(Download download, Instant now, ActionBuffer actions)
    {
        peers.Gather(download, now);
        var limit = download.MayAskProduction ? lookAhead.LimitFor(download, peers.HasUseful, now) : 0;
        Fill(download, download.Point.Chunk, limit, lookAhead.PeerLimitFor(download), now, actions);

        // What a seek left behind is worth having once all that lies ahead is on its way: from peers alone.
        if (peers.HasSpare && download.Map.NextMissing(download.Point.Chunk) == download.Map.Count)
            Fill(download, from: 0, limit: 0, download.Map.Count, now, actions);
    }

    /// <summary>
    /// Asks another source for what is urgent and late where it was asked first; the first answer wins.
    /// </summary>
    public void Hedge(Download download, Instant now, ActionBuffer actions)
    {
        peers.Gather(download, now);
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            if (request.Download == download)
                HedgeFrom(request, now, actions);
        }
    }

    /// <summary>True when nobody but a source that is late is asked for a chunk, or nobody at all.</summary>
    public bool IsStuck(Download download, uint chunk, Instant now, out Link? asked)
    {
        var request = requests.FindOther(download, chunk, except: null);
        asked = request?.Link;
        return request is null
            || (requests.FindOther(download, chunk, request) is null && now >= LateAt(request, chunk, now));
    }

    /// <summary>When <see cref="Hedge"/> is due next, if nothing else happens.</summary>
    public Instant NextHedge(Download download, Instant now)
    {
        var next = Instant.Never;
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            if (request.Download != download || !request.TryFindUnhedged(out var chunk))
                continue;

            var due = LateAt(request, chunk, now);
            if (due > now)
                next = Instant.Min(next, due);
        }

        return next;
    }

    /// <summary>Asks for what is missing: production below one limit, peers below another.</summary>
    private void Fill(
        Download download, uint from, uint limit, uint peerLimit, Instant now, ActionBuffer actions)
    {
        // What is kept for later leaves room to ask for what is heard.
        var most = download.Priority == RequestPriority.OfflineSync ? options.RequestLimit / 2 : options.RequestLimit;
        var reach = options.Reach;
        var map = download.Map;
        var end = Math.Min(Math.Max(limit, peerLimit), Math.Min(map.Count, download.Horizon));
        for (var chunk = map.NextMissing(from); chunk < end && reach > 0 && requests.Count < most;)
        {
            if (chunk >= limit && (!peers.HasSpare || chunk >= peerLimit))
                return;

            var asked = AskFor(download, chunk, limit, now, actions);
            reach -= asked == 0 ? 1 : 0;
            chunk = map.NextMissing(chunk + (uint)Math.Max(1, asked));
        }
    }

    private int AskFor(Download download, uint chunk, uint limit, Instant now, ActionBuffer actions)
    {
        var until = download.Until(chunk, now);
        var node = chunk < limit ? nodes.Best(download.File, now) : null;
        if (node is not null && OfflineShare.Of(nodes.SpareOf(node), download, node, options) <= 0)
            node = null;

        // Where production is due and none takes more, a peer that is late is better than nobody.
        var inTime = nodes.IsReachable && (node is not null || chunk >= limit);
        var peer = PickFor(download, chunk, until, inTime);
        if (peer is not null && (node is null || until > lookAhead.LowMark))
            return AskPeer(peer, download, chunk, now, actions);

        return node is null ? 0 : AskNode(node, download, chunk, limit, now, actions);
    }

    /// <summary>What is needed next is not left to one who was silent while another, who was not, is full.</summary>
    private Link? PickFor(Download download, uint chunk, TimeSpan until, bool inTime, Link? except = null)
    {
        var peer = peers.Pick(chunk, download.Manifest.LengthOf(chunk), until, inTime, except);
        return peer is { Silences: > 0 } && chunk == download.Frontier && peers.IsHeldByFull(chunk, except)
            ? null
            : peer;
    }

    private int AskPeer(Link peer, Download download, uint first, Instant now, ActionBuffer actions)
    {
        var (count, bytes, spare) = (0, 0, peers.SpareOf(peer, download));
        if (spare <= 0)
            return 0;

        while (count < options.PeerRange && IsMissing(download, first + (uint)count))
        {
            var next = download.Manifest.LengthOf(first + (uint)count);
            var until = download.Until(first + (uint)count, now);
            if (count > 0 && (bytes + next > spare
                || !peers.IsInTime(peer, bytes + next, until) || !peers.Has(peer, first + (uint)count)))
                break;

            bytes += next;
            count++;
        }

        Ask(peer, download, first, count, now, actions);
        peers.NoteAsked(peer, download, now);
        return count;
    }

    private int AskNode(Link node, Download download, uint first, uint limit, Instant now, ActionBuffer actions)
    {
        var (count, bytes, spare) = (0, 0, OfflineShare.Of(nodes.SpareOf(node), download, node, options));
        while (count < options.NodeRange && first + (uint)count < limit && IsMissing(download, first + (uint)count))
        {
            var next = download.Manifest.LengthOf(first + (uint)count);
            if (count > 0 && bytes + next > spare)
                break;

            bytes += next;
            count++;
        }

        Ask(node, download, first, count, now, actions);
        return count;
    }

    private void HedgeFrom(Outstanding request, Instant now, ActionBuffer actions)
    {
        var download = request.Download;
        while (requests.Count < options.RequestLimit && request.TryFindUnhedged(out var chunk))
        {
            if (now < LateAt(request, chunk, now))
                return;

            var node = download.MayAskProduction ? nodes.Best(download.File, now, except: request.Link) : null;
            var other = node ?? PickFor(download, chunk, PlaybackPoint.NoHaste, inTime: false, except: request.Link);
            if (other is null)
                return;

            request.NoteHedged(chunk);
            Ask(other, download, chunk, 1, now, actions).NoteHedged(chunk);
            peers.NoteAsked(other, download, now);
            download.Statistics.Redirected++;
        }
    }

    /// <summary>
    /// When a chunk that was asked for is late: a peer's once it is urgent, a node's once the node has sent nothing for
    /// a while besides. An output that keeps no time waits for every source alike, and not for long.
    /// </summary>
    private Instant LateAt(Outstanding request, uint chunk, Instant now)
    {
        var (download, link) = (request.Download, request.Link);
        var until = download.Until(chunk, now);
        if (until == PlaybackPoint.NoHaste)
        {
            // What is needed next must not wait behind all else that its source sends.
            var since = chunk == download.Frontier
                ? Instant.Min(link.LastProgress, download.NeededSince)
                : link.LastProgress;
            return chunk < download.Point.Chunk ? Instant.Never : since + options.LeastSilence;
        }

        // While a listener waits for the first sound the point stands, but patience runs out all the same: from the
        // beginning, as one who is silent after another takes no less of it.
        var isAwaited = !download.Sounds && download.Priority == RequestPriority.Playing;
        var urgent = (isAwaited ? download.Point.ReportedAt : now) + until - lookAhead.LowMark;
        var waits = !download.Sounds || until <= TimeSpan.Zero;
        var stalled = link.IsNode
            ? link.LastProgress + (waits ? nodes.HedgeAfterInNeed : nodes.HedgeAfter)
            : urgent;
        return stalled > urgent ? stalled : urgent;
    }

    private Outstanding Ask(Link link, Download download, uint first, int count, Instant now, ActionBuffer actions)
    {
        for (var i = 0u; i < count; i++)
            download.Map[first + i] = ChunkState.Asked;

        var request = requests.Add(link, download, first, count, now);
        var patience = (uint)options.GiveUpAfter.TotalMilliseconds;
        actions.Add(new SendMessage(link.Connection, PeerMessage.RequestChunks(
            request.Request, download.File, first, (uint)count, download.Priority, patience)));
        return request;
    }

    private static bool IsMissing(Download download, uint chunk) =>
        chunk < download.Map.Count && chunk < download.Horizon && download.Map[chunk] == ChunkState.Missing;
}
