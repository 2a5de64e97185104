namespace SpotifyCore.Swarm.Events;

/// <summary>What the core asks its shell to do. <see cref="ClientAction"/>'s factories say what each carries.</summary>
public enum ClientActionKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// Ask the access point for a track. Answer: <see cref="ClientEventKind.TrackOpened"/> or <see
    /// cref="ClientEventKind.TrackOpenFailed"/>.
    /// </summary>
    OpenTrack,

    /// <summary>
    /// Ask the tracker who has a file. Answer: <see cref="ClientEventKind.PeersFound"/>, empty on failure.
    /// </summary>
    FindPeers,

    /// <summary>Tell the tracker that this client now holds a whole file. No answer.</summary>
    AnnounceHeld,

    /// <summary>
    /// Ask the cache which chunks of a play's file it holds. Answer: <see cref="ClientEventKind.CachePresence"/>.
    /// </summary>
    AskPresence,

    /// <summary>Read one chunk from the cache into a slot. Answer: <see cref="ClientEventKind.CacheRead"/>.</summary>
    ReadCache,

    /// <summary>
    /// Write a slot's verified chunk to the cache. Answer: <see cref="ClientEventKind.ChunkStored"/>.
    /// </summary>
    StoreChunk,

    /// <summary>
    /// Find out whether the cache holds the whole of a file. Answer: <see cref="ClientEventKind.HeldAnswered"/>.
    /// </summary>
    QueryHeld,

    /// <summary>
    /// Open a connection and exchange hellos. Answer: <see cref="ClientEventKind.ConnectionOpened"/> or
    /// <see cref="ClientEventKind.ConnectionFailed"/>.
    /// </summary>
    Connect,

    /// <summary>
    /// End a connection, opened, accepted or still being opened. No answer; nothing more of it may be reported.
    /// </summary>
    Close,

    /// <summary>
    /// Ask the access point to have a peer connect to this client. What comes of it is an incoming connection, or
    /// nothing.
    /// </summary>
    AskReverse,

    /// <summary>Tell the access point that a peer lied. No answer.</summary>
    ReportPeer,

    /// <summary>Send a message, with the addresses or the bits that are its payload. No answer.</summary>
    Send,

    /// <summary>
    /// Read a chunk from the cache and send it as an answer to a peer's request. Answer: <see
    /// cref="ClientEventKind.ChunkSent"/>,
    /// unless the connection ends first.
    /// </summary>
    SendChunk,

    /// <summary>
    /// Empty a play's feed and make it expect a chunk: after a seek. Comes before every chunk delivered for it.
    /// </summary>
    Reposition,

    /// <summary>Put a slot's chunk into a play's feed.</summary>
    Deliver,

    /// <summary>
    /// Let a play sound: at once when it is the current one, after the current one's last sample when it was
    /// announced.
    /// </summary>
    StartSounding,

    /// <summary>A play can't go on. It has ended; <see cref="PlayClosed"/> follows.</summary>
    Failed,

    /// <summary>A play has ended and the core has forgotten it; its final statistics.</summary>
    PlayClosed,

    /// <summary>Report <see cref="ClientEventKind.Woken"/> at a time; replaces any time asked for before.</summary>
    WakeAt,
}
