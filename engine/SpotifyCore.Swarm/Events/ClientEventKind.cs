namespace SpotifyCore.Swarm.Events;

/// <summary>What can happen to a client. <see cref="ClientEvent"/>'s factories say what each carries.</summary>
public enum ClientEventKind : byte
{
    /// <summary>Nothing: the default value, refused by the core.</summary>
    None = 0,

    /// <summary>The listener chose a track: it becomes the current play at once, and the one before it ends.</summary>
    Play,

    /// <summary>The track that will follow the current one is known, or is known to be none.</summary>
    NextAnnounced,

    /// <summary>
    /// The player has sounded the last sample of the current play; the announced one, if any, is current now.
    /// </summary>
    PlayEnded,

    /// <summary>The listener moved within the current play.</summary>
    Seek,

    /// <summary>The sound was stopped where it is.</summary>
    Paused,

    /// <summary>The sound goes on.</summary>
    Resumed,

    /// <summary>The listener wants no sound: the current play and the announced one end.</summary>
    Stop,

    /// <summary>The player has used chunks up; the feed's window moves on.</summary>
    PlaybackAdvanced,

    /// <summary>The answer to <see cref="ClientActionKind.OpenTrack"/>.</summary>
    TrackOpened,

    /// <summary>The track can't be opened: unknown, not allowed, or the access point is out of reach.</summary>
    TrackOpenFailed,

    /// <summary>The production nodes to use, best first.</summary>
    NodesKnown,

    /// <summary>The answer to <see cref="ClientActionKind.FindPeers"/>.</summary>
    PeersFound,

    /// <summary>The answer to <see cref="ClientActionKind.AskPresence"/>.</summary>
    CachePresence,

    /// <summary>The answer to <see cref="ClientActionKind.ReadCache"/>, hit or miss.</summary>
    CacheRead,

    /// <summary>The answer to <see cref="ClientActionKind.StoreChunk"/>.</summary>
    ChunkStored,

    /// <summary>The answer to <see cref="ClientActionKind.QueryHeld"/>.</summary>
    HeldAnswered,

    /// <summary>A channel is up in either direction and the hellos have been exchanged.</summary>
    ConnectionOpened,

    /// <summary>A connection that the core asked for could not be opened.</summary>
    ConnectionFailed,

    /// <summary>An open connection has ended, whatever the reason; not sent after the core's own close.</summary>
    ConnectionClosed,

    /// <summary>A whole message came, a chunk's payload in a slot.</summary>
    MessageReceived,

    /// <summary>
    /// A <see cref="ClientActionKind.SendChunk"/> is done: handed to the network, or not found in the cache.
    /// </summary>
    ChunkSent,

    /// <summary>A peer's connection does not take the chunk that is on its way to it.</summary>
    ChunkHeldUp,

    /// <summary>The access point passes on that a peer wants this client to connect to it.</summary>
    ReverseAsked,

    /// <summary>What the client's line costs has become known, or changed.</summary>
    LineChanged,

    /// <summary>How long something took to cross the client's own line.</summary>
    LineDelay,

    /// <summary>What was uploaded in the month that runs: told at the start, and as a month begins.</summary>
    MonthCounted,

    /// <summary>The time asked for by the latest <see cref="ClientActionKind.WakeAt"/> has come.</summary>
    Woken,
}
