using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Events;

/// <summary>
/// One thing that happened, as the shell reports it to the core: a union whose <see cref="Kind"/> says which members
/// mean something. The shell hands events over one at a time, in the order in which they happened, and carries out
/// the actions of one before it hands over the next.
/// </summary>
/// <remarks>
/// An event that names a slot lends it for the length of <c>Handle</c>. If the actions returned name it, the shell
/// keeps it until the last of them is done; else it is free again at once.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClientEvent
{
    /// <summary>The slot of an event that brings no chunk.</summary>
    public const int NoSlot = -1;

    /// <summary>What happened.</summary>
    public ClientEventKind Kind { get; private init; }

    /// <summary>The play it is about.</summary>
    public PlayId Play { get; private init; }

    /// <summary>The connection it is about.</summary>
    public ConnectionId Connection { get; private init; }

    /// <summary>The track chosen or announced.</summary>
    public TrackId Track { get; private init; }

    /// <summary>The file it is about.</summary>
    public FileId File { get; private init; }

    /// <summary>
    /// The chunk it is about; for <see cref="ClientEventKind.PlaybackAdvanced"/> the first not used up.
    /// </summary>
    public uint Chunk { get; private init; }

    /// <summary>A position in samples of 48 kHz, as a listener counts: 0 is the first that sounds.</summary>
    public long Sample { get; private init; }

    /// <summary>The slot that holds the chunk, or <see cref="NoSlot"/>.</summary>
    public int Slot { get; private init; }

    /// <summary>Bytes in the slot; 0 for a miss.</summary>
    public int Length { get; private init; }

    /// <summary>
    /// The request of the far side that this completes; for an opened connection, how many it takes at once.
    /// </summary>
    public uint Request { get; private init; }

    /// <summary>Whether it was done, held, or paced by real time: as the factory says.</summary>
    public bool Flag { get; private init; }

    /// <summary>Why a track could not be opened.</summary>
    public DeliveryFailure Failure { get; private init; }

    /// <summary>What the far side of a connection said it is.</summary>
    public PeerRole Role { get; private init; }

    /// <summary>Whose key the channel proved; null where it proves none.</summary>
    public PeerId? Remote { get; private init; }

    /// <summary>
    /// Stands for the account of an opened connection's far side, by its ticket; 0 where nothing says which.
    /// </summary>
    public UInt128 Account { get; init; }

    /// <summary>The message received.</summary>
    public PeerMessage Message { get; private init; }

    /// <summary>The track as opened.</summary>
    public OpenedTrack? Opened { get; private init; }

    /// <summary>Nodes, or the peers that a search-hit names.</summary>
    public NodeAddress[]? Addresses { get; private init; }

    /// <summary>Peers, with what is known of where they are.</summary>
    public PeerAddress[]? Peers { get; private init; }

    /// <summary>One peer: where it can be reached.</summary>
    public PeerAddress? Peer { get; private init; }

    /// <summary>The version of the protocol that was agreed on.</summary>
    public ushort Version { get; private init; }

    /// <summary>What the line costs.</summary>
    public LineKind Line { get; private init; }

    /// <summary>How long something took.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>Bytes counted.</summary>
    public long Bytes { get; private init; }

    /// <summary>
    /// A bit for each chunk of the file that the cache, or of the message that its sender, believes it holds. The
    /// shell's memory, copied by the core.
    /// </summary>
    public ReadOnlyMemory<ulong> Present { get; private init; }

    /// <summary>
    /// The listener chose a track. <paramref name="play"/> is new, or the announced one when the listener skipped to
    /// it: what was prefetched is then used, but its feed begins anew: chunks are delivered again from the first and
    /// <see cref="ClientActionKind.StartSounding"/> comes again. Playback begins at the first sample unless a seek
    /// follows.
    /// </summary>
    /// <param name="play">The play that becomes current.</param>
    /// <param name="track">Its track.</param>
    /// <param name="paced">True when the output takes samples at the pace they sound.</param>
    public static ClientEvent Chosen(PlayId play, TrackId track, bool paced) =>
        new() { Kind = ClientEventKind.Play, Play = play, Track = track, Flag = paced, Slot = NoSlot };

    /// <summary>
    /// The track to follow is known; replaces the one announced before. With <see cref="PlayId.None"/> there is none.
    /// </summary>
    public static ClientEvent NextAnnounced(PlayId play, TrackId track, bool paced) =>
        new() { Kind = ClientEventKind.NextAnnounced, Play = play, Track = track, Flag = paced, Slot = NoSlot };

    /// <summary>
    /// The player has sounded all of the current play, named here. The announced play, if there is one, is current
    /// from now on.
    /// </summary>
    public static ClientEvent PlayEnded(PlayId play) => Of(ClientEventKind.PlayEnded, play);

    /// <summary>
    /// The listener moved within the current play. The core answers with <see cref="ClientActionKind.Reposition"/>;
    /// until that is carried out the player must not read on. May come before the track is open.
    /// </summary>
    public static ClientEvent Seek(PlayId play, long sample) =>
        new() { Kind = ClientEventKind.Seek, Play = play, Sample = sample, Slot = NoSlot };

    /// <summary>The sound was stopped where it is.</summary>
    public static ClientEvent Paused(PlayId play) => Of(ClientEventKind.Paused, play);

    /// <summary>The sound goes on.</summary>
    public static ClientEvent Resumed(PlayId play) => Of(ClientEventKind.Resumed, play);

    /// <summary>The listener wants no sound; every play ends.</summary>
    public static ClientEvent Stop() => Of(ClientEventKind.Stop, PlayId.None);

    /// <summary>
    /// The player moved on. Both values are the feed's at this moment, read on the loop after any
    /// <see cref="ClientActionKind.Reposition"/> was carried out, never ones that waited in a queue; reports may be
    /// merged, the last one before <see cref="PlayEnded"/> names the chunk after the file's last.
    /// </summary>
    /// <param name="play">The current play.</param>
    /// <param name="chunk">The first chunk that the player has not used up: all below are out of the feed.</param>
    /// <param name="sample">The sample that was handed to the output last.</param>
    public static ClientEvent PlaybackAdvanced(PlayId play, uint chunk, long sample) =>
        new() { Kind = ClientEventKind.PlaybackAdvanced, Play = play, Chunk = chunk, Sample = sample, Slot = NoSlot };

    /// <summary>
    /// A track is open: from the access point, or from what the shell kept of it, with no nodes and peers then.
    /// </summary>
    public static ClientEvent TrackOpened(PlayId play, OpenedTrack opened) =>
        new() { Kind = ClientEventKind.TrackOpened, Play = play, Opened = opened, Slot = NoSlot };

    /// <summary>A track can't be opened.</summary>
    public static ClientEvent TrackOpenFailed(PlayId play, DeliveryFailure failure) =>
        new() { Kind = ClientEventKind.TrackOpenFailed, Play = play, Failure = failure, Slot = NoSlot };

    /// <summary>
    /// The production nodes to use from now on, best first. The first is connected at once and kept so.
    /// </summary>
    public static ClientEvent NodesKnown(NodeAddress[] nodes) =>
        new() { Kind = ClientEventKind.NodesKnown, Addresses = nodes, Slot = NoSlot };

    /// <summary>Who the tracker says has a file, best first; empty also when it could not be asked.</summary>
    public static ClientEvent PeersFound(FileId file, PeerAddress[] peers) =>
        new() { Kind = ClientEventKind.PeersFound, File = file, Peers = peers, Slot = NoSlot };

    /// <summary>Which chunks of the play's file the cache believes it holds.</summary>
    public static ClientEvent CachePresence(PlayId play, ReadOnlyMemory<ulong> present) =>
        new() { Kind = ClientEventKind.CachePresence, Play = play, Present = present, Slot = NoSlot };

    /// <summary>A chunk was read from the cache into a slot.</summary>
    public static ClientEvent CacheRead(PlayId play, uint chunk, int slot, int length) =>
        new() { Kind = ClientEventKind.CacheRead, Play = play, Chunk = chunk, Slot = slot, Length = length };

    /// <summary>The cache no longer has a chunk, or it was damaged.</summary>
    public static ClientEvent CacheMissed(PlayId play, uint chunk) =>
        new() { Kind = ClientEventKind.CacheRead, Play = play, Chunk = chunk, Slot = NoSlot };

    /// <summary>A chunk was written to the cache, or could not be.</summary>
    public static ClientEvent ChunkStored(PlayId play, uint chunk, bool stored) =>
        new() { Kind = ClientEventKind.ChunkStored, Play = play, Chunk = chunk, Flag = stored, Slot = NoSlot };

    /// <summary>Whether the cache holds all chunks of a file that a peer asked about.</summary>
    public static ClientEvent HeldAnswered(ConnectionId connection, uint request, FileId file, bool held) => new()
    {
        Kind = ClientEventKind.HeldAnswered,
        Connection = connection,
        Request = request,
        File = file,
        Flag = held,
        Slot = NoSlot,
    };

    /// <summary>A channel is up, in either direction, and both sides have accepted the other's hello.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="remote">Whose key the channel proved; null where it proves none.</param>
    /// <param name="role">What the far side says it is.</param>
    /// <param name="requestLimit">Requests in flight that the far side takes, by its hello.</param>
    /// <param name="seen">
    /// For an accepted connection: where its far side was seen, with the listen port of its hello (0: none).
    /// </param>
    /// <param name="version">The version that the hello agreed on; 1 knows no searches.</param>
    public static ClientEvent ConnectionOpened(
        ConnectionId connection,
        PeerId? remote,
        PeerRole role,
        uint requestLimit,
        PeerAddress? seen = null,
        ushort version = ProtocolVersion.Last) => new()
    {
        Peer = seen,
        Version = version,
        Kind = ClientEventKind.ConnectionOpened,
        Connection = connection,
        Remote = remote,
        Role = role,
        Request = requestLimit,
        Slot = NoSlot,
    };

    /// <summary>A connection that the core asked for did not come up.</summary>
    public static ClientEvent ConnectionFailed(ConnectionId connection) =>
        new() { Kind = ClientEventKind.ConnectionFailed, Connection = connection, Slot = NoSlot };

    /// <summary>An open connection has ended: the far side closed it, it broke, or it broke the protocol.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="misbehaved">True when the session found that the far side broke the protocol.</param>
    public static ClientEvent ConnectionClosed(ConnectionId connection, bool misbehaved = false) => new()
    {
        Kind = ClientEventKind.ConnectionClosed, Connection = connection, Flag = misbehaved, Slot = NoSlot,
    };

    /// <summary>A message that carries no chunk came.</summary>
    public static ClientEvent MessageReceived(ConnectionId connection, in PeerMessage message) => new()
    {
        Kind = ClientEventKind.MessageReceived, Connection = connection, Message = message, Slot = NoSlot,
    };

    /// <summary>A search-hit came; the addresses are its payload, none when its sender is the one who holds.</summary>
    public static ClientEvent HitReceived(ConnectionId connection, in PeerMessage message, NodeAddress[] addresses) =>
        new()
    {
        Kind = ClientEventKind.MessageReceived,
        Connection = connection,
        Message = message,
        Addresses = addresses,
        Slot = NoSlot,
    };

    /// <summary>A have of a part came; the bits are its payload, for the chunks that the message names.</summary>
    public static ClientEvent PartReceived(
        ConnectionId connection, in PeerMessage message, ReadOnlyMemory<ulong> present) => new()
    {
        Kind = ClientEventKind.MessageReceived,
        Connection = connection,
        Message = message,
        Present = present,
        Slot = NoSlot,
    };

    /// <summary>
    /// A whole chunk came, put together from its pieces: <c>Offset</c> 0, <c>Length</c> and <c>Total</c> that of the
    /// chunk.
    /// </summary>
    public static ClientEvent ChunkReceived(ConnectionId connection, in PeerMessage message, int slot) => new()
    {
        Kind = ClientEventKind.MessageReceived,
        Connection = connection,
        Message = message,
        Slot = slot,
        Length = (int)message.Length,
    };

    /// <summary>
    /// A chunk asked for by <see cref="ClientActionKind.SendChunk"/> went out, or the cache lacks it (length 0) and
    /// nothing was sent.
    /// </summary>
    public static ClientEvent ChunkSent(ConnectionId connection, uint request, uint chunk, int length) => new()
    {
        Kind = ClientEventKind.ChunkSent,
        Connection = connection,
        Request = request,
        Chunk = chunk,
        Length = length,
        Slot = NoSlot,
    };

    /// <summary>
    /// The access point passes on that a peer wants this client to connect to it, at the address at which its live
    /// session was seen. The core decides.
    /// </summary>
    public static ClientEvent ReverseAsked(PeerAddress peer) =>
        new() { Kind = ClientEventKind.ReverseAsked, Peer = peer, Slot = NoSlot };

    /// <summary>
    /// A chunk is on its way to a peer, and its connection has not taken a byte for so long: some once a second. What
    /// waits for its turn at the client's own pace is not held up.
    /// </summary>
    public static ClientEvent ChunkHeldUp(ConnectionId connection, TimeSpan since) =>
        new() { Kind = ClientEventKind.ChunkHeldUp, Connection = connection, Delay = since, Slot = NoSlot };

    /// <summary>What the client's line costs. It is taken to cost nothing until this is reported.</summary>
    public static ClientEvent LineChanged(LineKind line) =>
        new() { Kind = ClientEventKind.LineChanged, Line = line, Slot = NoSlot };

    /// <summary>
    /// A sample of how long something took to cross the client's own line and back (a ping to a near host, or the time
    /// that bytes waited to leave). A few a second while uploading; none are needed otherwise.
    /// </summary>
    public static ClientEvent LineDelay(TimeSpan delay) =>
        new() { Kind = ClientEventKind.LineDelay, Delay = delay, Slot = NoSlot };

    /// <summary>
    /// So many bytes have been uploaded in the calendar month that runs: at the start what was kept from before, and 0
    /// whenever a month begins. The core counts on from there.
    /// </summary>
    public static ClientEvent MonthCounted(long bytes) =>
        new() { Kind = ClientEventKind.MonthCounted, Bytes = bytes, Slot = NoSlot };

    /// <summary>The time asked for has come. Harmless when it comes early or twice.</summary>
    public static ClientEvent Woken() => new() { Kind = ClientEventKind.Woken, Slot = NoSlot };

    private static ClientEvent Of(ClientEventKind kind, PlayId play) =>
        new() { Kind = kind, Play = play, Slot = NoSlot };
}
