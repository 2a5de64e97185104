using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Swarm.Events;

/// <summary>
/// One thing that the core wants done: a union whose <see cref="Kind"/> says which members mean something. The shell
/// carries actions out, or at least begins them, in the order in which they stand in the buffer.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClientAction
{
    /// <summary>What is to be done.</summary>
    public ClientActionKind Kind { get; private init; }

    /// <summary>The play it is for.</summary>
    public PlayId Play { get; private init; }

    /// <summary>The connection it is about.</summary>
    public ConnectionId Connection { get; private init; }

    /// <summary>The track to open.</summary>
    public TrackId Track { get; private init; }

    /// <summary>The file it is about.</summary>
    public FileId File { get; private init; }

    /// <summary>The chunk it is about.</summary>
    public uint Chunk { get; private init; }

    /// <summary>Chunks of the file: room for the bits of a presence.</summary>
    public uint Count { get; private init; }

    /// <summary>The sample to go on from, as a listener counts.</summary>
    public long Sample { get; private init; }

    /// <summary>The slot that holds the chunk; the shell keeps it until the action is done.</summary>
    public int Slot { get; private init; }

    /// <summary>Bytes in the slot.</summary>
    public int Length { get; private init; }

    /// <summary>The tier that the chunk came from.</summary>
    public Tier Tier { get; private init; }

    /// <summary>The request of the far side that this answers.</summary>
    public uint Request { get; private init; }

    /// <summary>What waits for it at the far side.</summary>
    public RequestPriority Priority { get; private init; }

    /// <summary>Why a connection ends.</summary>
    public CloseReason Reason { get; private init; }

    /// <summary>Why a play failed.</summary>
    public DeliveryFailure Failure { get; private init; }

    /// <summary>When to wake the core.</summary>
    public Instant At { get; private init; }

    /// <summary>Where to connect to; its id, if it has one, must be proved.</summary>
    public NodeAddress Address { get; private init; }

    /// <summary>The message to send.</summary>
    public PeerMessage Message { get; private init; }

    /// <summary>The peer to ask for, or to report.</summary>
    public PeerId Peer { get; private init; }

    /// <summary>The addresses that a search-hit names.</summary>
    public NodeAddress[]? Addresses { get; private init; }

    /// <summary>The bits of a part: of the message's chunks, the lowest bit first. The shell's from here on.</summary>
    public ReadOnlyMemory<ulong> Present { get; private init; }

    /// <summary>The final statistics of a play.</summary>
    public PlayStatistics? Statistics { get; private init; }

    /// <summary>Asks for a track to be opened, for a play.</summary>
    public static ClientAction OpenTrack(PlayId play, TrackId track) =>
        new() { Kind = ClientActionKind.OpenTrack, Play = play, Track = track };

    /// <summary>Asks the tracker who has a file.</summary>
    public static ClientAction FindPeers(FileId file) => new() { Kind = ClientActionKind.FindPeers, File = file };

    /// <summary>Tells the tracker that the whole file is held: all its chunks have been stored.</summary>
    public static ClientAction AnnounceHeld(FileId file) => new() { Kind = ClientActionKind.AnnounceHeld, File = file };

    /// <summary>Asks which chunks of a file the cache holds.</summary>
    public static ClientAction AskPresence(PlayId play, FileId file, uint chunks) =>
        new() { Kind = ClientActionKind.AskPresence, Play = play, File = file, Count = chunks };

    /// <summary>Reads a chunk from the cache.</summary>
    public static ClientAction ReadCache(PlayId play, FileId file, uint chunk) =>
        new() { Kind = ClientActionKind.ReadCache, Play = play, File = file, Chunk = chunk };

    /// <summary>Writes a verified chunk to the cache.</summary>
    public static ClientAction StoreChunk(PlayId play, FileId file, uint chunk, int slot, int length) => new()
    {
        Kind = ClientActionKind.StoreChunk, Play = play, File = file, Chunk = chunk, Slot = slot, Length = length,
    };

    /// <summary>Finds out whether a file is held whole, for a peer's request.</summary>
    public static ClientAction QueryHeld(ConnectionId connection, uint request, FileId file) => new()
    {
        Kind = ClientActionKind.QueryHeld, Connection = connection, Request = request, File = file,
    };

    /// <summary>Opens a connection under a new number.</summary>
    public static ClientAction Connect(ConnectionId connection, NodeAddress address) =>
        new() { Kind = ClientActionKind.Connect, Connection = connection, Address = address };

    /// <summary>Ends a connection after what was sent before. Its requests and slots are dropped.</summary>
    public static ClientAction Close(ConnectionId connection, CloseReason reason) =>
        new() { Kind = ClientActionKind.Close, Connection = connection, Reason = reason };

    /// <summary>Sends a message. It has no payload.</summary>
    public static ClientAction Send(ConnectionId connection, in PeerMessage message) =>
        new() { Kind = ClientActionKind.Send, Connection = connection, Message = message };

    /// <summary>Sends a search-hit with the addresses that are its payload; the shell sets count and length.</summary>
    public static ClientAction SendHit(ConnectionId connection, in PeerMessage message, NodeAddress[] addresses) =>
        new() { Kind = ClientActionKind.Send, Connection = connection, Message = message, Addresses = addresses };

    /// <summary>Sends a have of a part, with its bits, whose number the message says.</summary>
    public static ClientAction SendPart(
        ConnectionId connection, in PeerMessage message, ReadOnlyMemory<ulong> present) =>
            new() { Kind = ClientActionKind.Send, Connection = connection, Message = message, Present = present };

    /// <summary>Asks the access point to have a peer connect to this client, which could not reach it.</summary>
    public static ClientAction AskReverse(PeerId peer) => new() { Kind = ClientActionKind.AskReverse, Peer = peer };

    /// <summary>Tells the access point that a peer lied, and how.</summary>
    public static ClientAction ReportPeer(PeerId peer, CloseReason reason) =>
        new() { Kind = ClientActionKind.ReportPeer, Peer = peer, Reason = reason };

    /// <summary>Sends a chunk out of the cache as an answer to a peer's request.</summary>
    public static ClientAction SendChunk(
        ConnectionId connection, uint request, ChunkId chunk, RequestPriority priority) => new()
    {
        Kind = ClientActionKind.SendChunk,
        Connection = connection,
        Request = request,
        File = chunk.File,
        Chunk = chunk.Index,
        Priority = priority,
    };

    /// <summary>
    /// Carries a seek out: the player goes to <paramref name="sample"/>, which empties its feed and makes it expect
    /// <paramref name="chunk"/>, where decoding must begin so that the sample sounds right, pre-roll included. Every
    /// chunk
    /// from there on is delivered again, one that the feed happened to keep too.
    /// </summary>
    public static ClientAction Reposition(PlayId play, uint chunk, long sample) =>
        new() { Kind = ClientActionKind.Reposition, Play = play, Chunk = chunk, Sample = sample };

    /// <summary>
    /// Puts a chunk into a play's feed. It lies within the feed's window; chunks of a window come in any order, each
    /// at most once between two repositions.
    /// </summary>
    public static ClientAction Deliver(PlayId play, uint chunk, int slot, int length, Tier tier) => new()
    {
        Kind = ClientActionKind.Deliver, Play = play, Chunk = chunk, Slot = slot, Length = length, Tier = tier,
    };

    /// <summary>
    /// Lets a play sound: once a play, and once more when the listener skips to the announced one. After a seek the
    /// player goes on by itself as chunks come.
    /// </summary>
    public static ClientAction StartSounding(PlayId play) =>
        new() { Kind = ClientActionKind.StartSounding, Play = play };

    /// <summary>A play can't go on.</summary>
    public static ClientAction Failed(PlayId play, DeliveryFailure failure) =>
        new() { Kind = ClientActionKind.Failed, Play = play, Failure = failure };

    /// <summary>A play is over and forgotten.</summary>
    public static ClientAction PlayClosed(PlayId play, PlayStatistics statistics) =>
        new() { Kind = ClientActionKind.PlayClosed, Play = play, Statistics = statistics };

    /// <summary>Asks to be woken; replaces the time asked for before.</summary>
    public static ClientAction WakeAt(Instant at) => new() { Kind = ClientActionKind.WakeAt, At = at };
}
