using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Composition;

/// <summary>
/// The whole of a listener's client that decides anything: which tier gives each chunk, which peers to keep, what to
/// give them, when to sound, what to prefetch. It does no I/O: events and the time go in, actions come out. Owned by
/// one loop; equal seeds and events give equal actions.
/// </summary>
/// <remarks>
/// The runtime keeps one <c>PeerSession</c> a connection: hello, tickets, ping, frames and the pieces of chunks stay
/// there. The core is given, and gives, whole messages about have, chunks, cancel, busy, not found, error and go-away,
/// under request numbers of its own that are unique on a connection. A message that the session refuses to send is
/// dropped; a refused request is answered to the core with busy.
/// </remarks>
public sealed class ClientCore
{
    private readonly FeedFiller _feed;

    /// <summary>Makes a core that knows no node, plays nothing and has no connection.</summary>
    public ClientCore(ClientCoreOptions options, IChunkVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FeedWindow, PlaybackBuffer.MaxWindow, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Max(options.Downloads.PeerRange, options.Downloads.NodeRange),
            PeerMessage.MaxChunksPerRequest,
            nameof(options));
        Parts = new CoreParts(options, verifier);
        _feed = new FeedFiller(Parts);
        Plays = new Plays(Parts, _feed);
        Offline = new OfflineSync(Parts, Plays);
        Links = new LinkEvents(Parts, Plays, Offline, _feed);
        Maintenance = new Maintenance(Parts, Plays, Offline, Links, _feed);
        Playback = new PlaybackController(Parts, Plays);
    }

    /// <summary>How the client stands.</summary>
    public ClientCoreStatus Status => new(
        Parts.Links.Peers,
        Parts.Requests.Count,
        Plays.Current?.Buffer?.Buffered ?? TimeSpan.Zero,
        Parts.Uploads.Status);

    /// <summary>What plays now.</summary>
    public PlaybackController Playback { get; }

    /// <summary>Chunks from the first unused one that a play's feed takes.</summary>
    public int FeedWindow => Parts.Options.FeedWindow;

    /// <summary>True while there is anybody to fetch from: a node or a peer is connected.</summary>
    public bool HasSource => Parts.HasSource;

    /// <summary>
    /// Copies what each neighbour was given and gave, oldest connection first, as far as there is room.
    /// </summary>
    /// <returns>How many were copied.</returns>
    public int CopyUploads(Span<PeerUpload> destination)
    {
        var count = 0;
        for (var i = 0; i < Parts.Links.Count && count < destination.Length; i++)
        {
            if (Parts.Links[i] is { IsNode: false } link)
                destination[count++] = Parts.Uploads.Of(link);
        }

        return count;
    }

    internal CoreParts Parts { get; }

    internal Plays Plays { get; }

    internal OfflineSync Offline { get; }

    internal LinkEvents Links { get; }

    internal Maintenance Maintenance { get; }

    /// <summary>
    /// Handles one event and appends what is to be done about it. Times never run backwards from one event to the
    /// next; where one comes long after the wake that was asked for, the time between does not count. Allocates nothing
    /// per chunk.
    /// </summary>
    public void Handle<TEvent>(in TEvent occurred, Instant at, ActionBuffer actions)
        where TEvent : struct, IClientEvent
    {
        ArgumentNullException.ThrowIfNull(actions);
        var hasSlept = Parts.Clock.TakeIn(at, out var now);
        var scope = EventHandlers.Handle(this, occurred, now, actions);
        if (hasSlept)
            Links.AskAgain(now, actions);

        Maintenance.Run(scope, now, actions);
        while (Playback.Settle(now, actions))
            Maintenance.Run(MaintenanceScope.Links, now, actions);

        Playback.TellPlaying(now, actions);
    }

    /// <summary>What a play used so far; null when the core does not know it (any more).</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => Plays.Find(play)?.Download?.Statistics;

    internal void UseNodes(NodeAddress[] addresses, Instant now, ActionBuffer actions)
    {
        if (addresses.Length == 0)
            return;

        foreach (var link in Parts.Nodes.Use(addresses))
            Links.Close(link, CloseReason.NotNeeded, now, actions);
    }

    internal void ConnectionOpened(in ConnectionOpened opened, Instant now, ActionBuffer actions)
    {
        Links.Opened(opened.Connection, opened.Remote, now, actions);
        if (Parts.Links.TryFind(opened.Connection, out var link) && link.IsNode)
            Playback.TryAgain(now, actions);
    }

    internal void CacheRead(in CacheRead read, ActionBuffer actions)
    {
        if (Plays.Find(read.Play) is { Download: not null } session)
            FeedFiller.Read(session, read.Chunk, read.Slot, read.Length, actions);
    }

    internal void CacheMissed(PlayId play, uint chunk)
    {
        if (Plays.Find(play) is { Download: not null } session)
            FeedFiller.Missed(session, chunk);
    }

    internal void ChunkStored(in ChunkStored stored, Instant now, ActionBuffer actions)
    {
        if (Plays.Find(stored.Play) is { Download: not null } session)
            Stored(session, stored, now, actions);
        else
            Plays.LastStores.Stored(stored, actions);
    }

    private void Stored(PlaySession session, in ChunkStored stored, Instant now, ActionBuffer actions)
    {
        _feed.Stored(session, stored.Chunk, stored.IsStored);
        if (stored.IsStored)
            Plays.Share(session, stored.Chunk, now, actions);
    }

    internal void HeldAnswered(in HeldAnswered answered, Instant now, ActionBuffer actions)
    {
        if (!Parts.Links.TryFind(answered.Connection, out var link))
            return;

        link.LastUsed = now;
        if (answered.Request == 0)
            Links.AnswerSearch(link, answered, now, actions);
        else
            Parts.Uploads.AnswerHeld(link, answered.Request, answered.File, answered.IsHeld, actions);
    }

    internal void ChunkSent(in ChunkSent sent, Instant now, ActionBuffer actions)
    {
        if (!Parts.Links.TryFind(sent.Connection, out var link))
            return;

        link.LastUsed = now;
        if (Parts.Uploads.Sent(link, sent.Request, sent.Length, now, actions) is { } lacked)
            Plays.Lost(lacked);
    }

    internal void ChunkHeldUp(ConnectionId connection, TimeSpan since, Instant now, ActionBuffer actions)
    {
        if (Parts.Links.TryFind(connection, out var link))
            Links.HeldUp(link, since, now, actions);
    }
}
