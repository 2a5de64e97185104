using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Playback.Buffering;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

/// <summary>
/// The whole of a listener's client that decides anything: which tier gives each chunk, which peers to keep, what to
/// give them, when to sound, what to prefetch. It does no I/O: events and the time go in, actions come out. Owned by
/// one loop; equal seeds and events give equal actions.
/// </summary>
/// <remarks>
/// The shell keeps one <c>PeerSession</c> a connection: hello, tickets, ping, frames and the pieces of chunks stay
/// there. The core is given, and gives, whole messages about have, chunks, cancel, busy, not found, error and go-away,
/// under request numbers of its own that are unique on a connection. A message that the session refuses to send is
/// dropped; a refused request is answered to the core with busy.
/// </remarks>
public sealed class ClientCore
{
    private readonly CoreParts _parts;
    private readonly FeedPump _feed;
    private readonly Plays _plays;
    private readonly LinkEvents _links;
    private readonly Upkeep _upkeep;

    /// <summary>Makes a core that knows no node, plays nothing and has no connection.</summary>
    public ClientCore(ClientCoreOptions options, IChunkJudge judge)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FeedWindow, PlaybackBuffer.MaxWindow, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Max(options.Downloads.PeerRange, options.Downloads.NodeRange),
            PeerMessage.MaxChunksPerRequest,
            nameof(options));
        _parts = new CoreParts(options, judge);
        _feed = new FeedPump(_parts);
        _plays = new Plays(_parts, _feed);
        _links = new LinkEvents(_parts, _plays, _feed);
        _upkeep = new Upkeep(_parts, _plays, _links, _feed);
    }

    /// <summary>How the client stands.</summary>
    public ClientCoreStatus Status => new(
        _parts.Links.Peers,
        _parts.Requests.Count,
        _plays.Current?.Buffer?.Buffered ?? TimeSpan.Zero,
        _parts.Uploads.Status);

    /// <summary>True while there is anybody to fetch from: a node or a peer is connected.</summary>
    public bool HasSource => _parts.Nodes.IsReachable || _parts.Links.HasOpenPeer;

    /// <summary>
    /// Copies what each neighbour was given and gave, oldest connection first, as far as there is room.
    /// </summary>
    /// <returns>How many were copied.</returns>
    public int CopyUploads(Span<PeerUpload> destination)
    {
        var count = 0;
        for (var i = 0; i < _parts.Links.Count && count < destination.Length; i++)
        {
            if (_parts.Links[i] is { IsNode: false } link)
                destination[count++] = _parts.Uploads.Of(link);
        }

        return count;
    }

    /// <summary>
    /// Takes in one event and appends what is to be done about it. Times never run backwards from one event to the
    /// next. Allocates nothing per chunk.
    /// </summary>
    public void Handle(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        if (!TryListen(occurred, now, ref actions) && !TryFetch(occurred, now, ref actions))
            throw new ArgumentOutOfRangeException(nameof(occurred), occurred.Kind, "Not an event.");

        _upkeep.Run(occurred, now, ref actions);
    }

    /// <summary>What a play used so far; null when the core does not know it (any more).</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => _plays.Find(play)?.Download?.Statistics;

    /// <summary>What the listener, the player and the access point say about plays.</summary>
    private bool TryListen(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        switch (occurred.Kind)
        {
            case ClientEventKind.Play:
                _plays.Choose(occurred, now, ref actions);
                return true;
            case ClientEventKind.NextAnnounced:
                _plays.Announce(occurred, now, ref actions);
                return true;
            case ClientEventKind.PlayEnded:
                _plays.End(occurred.Play, now, ref actions);
                return true;
            case ClientEventKind.Seek:
                _plays.Seek(occurred, now, ref actions);
                return true;
            case ClientEventKind.Paused or ClientEventKind.Resumed:
                _plays.SetPaused(occurred.Play, occurred.Kind == ClientEventKind.Paused, now);
                return true;
            case ClientEventKind.Stop:
                _plays.Stop(now, ref actions);
                return true;
            case ClientEventKind.PlaybackAdvanced:
                _plays.Advance(occurred, now);
                return true;
            case ClientEventKind.TrackOpened:
                UseNodes(occurred.Opened?.Nodes, now, ref actions);
                _plays.Opened(occurred, now, ref actions);
                return true;
            case ClientEventKind.TrackOpenFailed:
                _plays.OpenFailed(occurred, now, ref actions);
                return true;
            case ClientEventKind.CachePresence:
                _plays.Present(occurred, now, ref actions);
                return true;
            default:
                return false;
        }
    }

    /// <summary>What happens on connections and in the cache.</summary>
    private bool TryFetch(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        switch (occurred.Kind)
        {
            case ClientEventKind.MessageReceived:
                _links.Received(occurred, now, ref actions);
                return true;
            case ClientEventKind.CacheRead or ClientEventKind.ChunkStored:
                Cached(occurred, ref actions);
                return true;
            case ClientEventKind.HeldAnswered or ClientEventKind.ChunkSent or ClientEventKind.ChunkHeldUp:
                Uploaded(occurred, now, ref actions);
                return true;
            case ClientEventKind.NodesKnown:
                UseNodes(occurred.Addresses, now, ref actions);
                return true;
            case ClientEventKind.PeersFound:
                _plays.PeersFound(occurred.File, occurred.Peers, now, ref actions);
                return true;
            case ClientEventKind.ConnectionOpened:
                _links.Opened(occurred, now, ref actions);
                return true;
            case ClientEventKind.ConnectionFailed or ClientEventKind.ConnectionClosed:
                _links.Over(occurred, now, ref actions);
                return true;
            case ClientEventKind.Woken:
                return true;
            default:
                return TryLine(occurred, now, ref actions);
        }
    }

    /// <summary>What becomes known of the client's own line, and of who can't cross it.</summary>
    private bool TryLine(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        switch (occurred.Kind)
        {
            case ClientEventKind.ReverseAsked:
                _parts.Recruiting.GrantReverse(occurred.Peer ?? default, now, ref actions);
                return true;
            case ClientEventKind.LineChanged:
                _parts.Neighbourhood.Line = occurred.Line;
                return true;
            case ClientEventKind.LineDelay:
                _parts.Uploads.NoteDelay(occurred.Delay, now);
                return true;
            case ClientEventKind.MonthCounted:
                _parts.Uploads.CountMonth(occurred.Bytes, now, ref actions);
                return true;
            default:
                return false;
        }
    }

    private void UseNodes(NodeAddress[]? addresses, Instant now, ref ActionBuffer actions)
    {
        if (addresses is not { Length: > 0 })
            return;

        foreach (var link in _parts.Nodes.Use(addresses))
            _links.Close(link, CloseReason.NotNeeded, now, ref actions);
    }

    private void Cached(in ClientEvent occurred, ref ActionBuffer actions)
    {
        if (_plays.Find(occurred.Play) is not { Download: not null } session)
            return;

        if (occurred.Kind == ClientEventKind.CacheRead)
            _feed.Read(session, occurred.Chunk, occurred.Slot, occurred.Length, ref actions);
        else
            _feed.Stored(session, occurred.Chunk, occurred.Flag);
    }

    private void Uploaded(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        if (!_parts.Links.TryFind(occurred.Connection, out var link))
            return;

        if (occurred.Kind == ClientEventKind.ChunkHeldUp)
        {
            _links.HeldUp(link, occurred.Delay, now, ref actions);
            return;
        }

        link.LastUsed = now;
        if (occurred.Kind == ClientEventKind.ChunkSent)
            _parts.Uploads.Sent(link, occurred.Request, occurred.Length, now, ref actions);
        else if (occurred.Request == 0)
            _links.AnswerSearch(link, occurred, now, ref actions);
        else
            _parts.Uploads.AnswerHeld(link, occurred.Request, occurred.File, occurred.Flag, ref actions);
    }
}
