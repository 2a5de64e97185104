namespace SpotifyCore.Protocol.Frames;

/// <summary>What a message is. The values travel on the wire.</summary>
public enum PeerMessageKind : ushort
{
    /// <summary>No message; never sent.</summary>
    None = 0,

    /// <summary>The first message of whoever connected. Payload: its ticket, or nothing.</summary>
    Hello = 1,

    /// <summary>Accepts a hello. Payload: the accepting side's ticket, or nothing.</summary>
    HelloReply = 2,

    /// <summary>Refuses a hello, with a code; the connection then closes. Payload: text.</summary>
    HelloRefused = 3,

    /// <summary>Replaces the sender's ticket. Payload: the ticket.</summary>
    TicketRefresh = 4,

    /// <summary>Still there? The request id is an echo.</summary>
    Ping = 5,

    /// <summary>Answers a ping, with its id.</summary>
    Pong = 6,

    /// <summary>The sender takes no new requests, finishes what it has and closes. Payload: text.</summary>
    GoAway = 7,

    /// <summary>Ends a request that failed (id not 0) or the connection (id 0). Payload: text.</summary>
    Error = 8,

    /// <summary>Gives a request up. Its replies go on until one that ends it.</summary>
    Cancel = 9,

    /// <summary>Ends a request: the far side is over a limit. Says how long to wait.</summary>
    Busy = 10,

    /// <summary>Ends a request: the far side lacks the chunk, or the manifest.</summary>
    NotFound = 11,

    /// <summary>Asks for a file's manifest.</summary>
    ManifestRequest = 12,

    /// <summary>A piece of a manifest. Payload: its bytes.</summary>
    ManifestData = 13,

    /// <summary>Asks for a range of chunks.</summary>
    ChunkRequest = 14,

    /// <summary>A piece of a chunk, or the whole of it. Payload: its bytes.</summary>
    ChunkData = 15,

    /// <summary>Asks which chunks of a file the far side holds.</summary>
    HaveRequest = 16,

    /// <summary>Says which chunks of a file the sender holds. Payload: a bitmap, for a part of a file.</summary>
    Have = 17,

    /// <summary>Begins to store a file, with the first piece of its manifest. Payload: its bytes.</summary>
    PutBegin = 18,

    /// <summary>Answers a put: send the chunks, or the file is held already.</summary>
    PutReady = 19,

    /// <summary>A piece of a chunk of a put, or the whole of it. Payload: its bytes.</summary>
    PutChunk = 20,

    /// <summary>Asks to make a put durable.</summary>
    PutCommit = 21,

    /// <summary>Ends a put: the file is durable.</summary>
    PutCommitted = 22,

    /// <summary>
    /// Asks neighbours, and theirs as far as it has hops left, who holds a file. Since version 2.
    /// </summary>
    Search = 23,

    /// <summary>
    /// Says who holds the file of a search: whoever sends it, or those in its payload. Since version 2.
    /// </summary>
    SearchHit = 24,

    /// <summary>Asks a node which files it holds, in the order of their ids. Since version 3.</summary>
    ListRequest = 25,

    /// <summary>Says which files a node holds. Payload: their ids. Since version 3.</summary>
    List = 26,
}
