namespace SpotifyCore.Playback.Feeding;

/// <summary>What came of asking a feed for its next chunk.</summary>
public enum FeedStatus
{
    /// <summary>The chunk was copied out.</summary>
    Taken,

    /// <summary>It has not arrived yet.</summary>
    Empty,

    /// <summary>All chunks of the file have been taken.</summary>
    End,

    /// <summary>It has not arrived and never will.</summary>
    Failed,

    /// <summary>The window was moved since the asker last looked.</summary>
    Moved,
}
