namespace SpotifyCore.Content.Sources;

/// <summary>How a read ended.</summary>
public enum ChunkReadStatus : byte
{
    /// <summary>The source does not have the first chunk asked for.</summary>
    NotFound = 0,

    /// <summary>At least the first chunk was read.</summary>
    Found = 1,

    /// <summary>The source is over a limit; ask elsewhere or later.</summary>
    Busy = 2,

    /// <summary>The deadline passed or the source is out of reach.</summary>
    Unavailable = 3,
}
