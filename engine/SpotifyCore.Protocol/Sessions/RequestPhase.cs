namespace SpotifyCore.Protocol.Sessions;

/// <summary>How far a put has come; other requests stay in the first phase.</summary>
internal enum RequestPhase : byte
{
    /// <summary>The manifest is on its way.</summary>
    Begun = 0,

    /// <summary>The manifest is there; the answer is not.</summary>
    Judged = 1,

    /// <summary>Chunks are on their way.</summary>
    Filling = 2,

    /// <summary>The commit was asked for.</summary>
    Committing = 3,
}
