namespace SpotifyCore.Protocol.Sessions;

/// <summary>How far a session has come.</summary>
public enum PeerSessionState : byte
{
    /// <summary>Waiting for the far side's hello, or for the answer to ours.</summary>
    Greeting = 0,

    /// <summary>Waiting for the caller's word on the far side's ticket.</summary>
    Checking = 1,

    /// <summary>Messages flow.</summary>
    Open = 2,

    /// <summary>No new requests are taken; those in flight are finished.</summary>
    Draining = 3,

    /// <summary>Over.</summary>
    Closed = 4,
}
