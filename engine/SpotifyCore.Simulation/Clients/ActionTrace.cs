namespace SpotifyCore.Simulation.Clients;

/// <summary>What a client's core wanted done, as it stands in the trace; the world's own events come first.</summary>
internal enum ActionTrace
{
    OpenTrack = 257,

    FindPeers = 258,

    AnnounceHeld = 259,

    AskPresence = 260,

    ReadChunk = 261,

    StoreChunk = 262,

    QueryHeld = 263,

    Connect = 264,

    Close = 265,

    AskReverse = 266,

    Report = 267,

    Send = 268,

    SendChunk = 269,

    Reposition = 270,

    Deliver = 271,

    StartSounding = 272,

    Fail = 273,

    ClosePlay = 274,

    WakeAt = 275,

    Load = 276,

    Stop = 277,

    SetOutput = 278,

    CheckHeld = 279,

    TellPlaying = 280,

    OpenKept = 281,

    KeepChunk = 282,

    EndKeeping = 283,
}
