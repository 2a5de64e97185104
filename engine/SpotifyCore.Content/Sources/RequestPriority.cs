namespace SpotifyCore.Content.Sources;

/// <summary>What waits for a chunk; lower values go first. The values travel on the wire.</summary>
public enum RequestPriority : byte
{
    /// <summary>Somebody is listening to it now.</summary>
    Playing = 0,

    /// <summary>It is likely to be heard next.</summary>
    Prefetch = 1,

    /// <summary>It is wanted some day.</summary>
    OfflineSync = 2,
}
