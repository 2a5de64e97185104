namespace SpotifyCore.Content.Sources;

/// <summary>A place that chunks come from, nearest first. The values travel on the wire.</summary>
public enum Tier : byte
{
    /// <summary>Nowhere yet.</summary>
    None = 0,

    /// <summary>The client's own cache.</summary>
    Cache = 1,

    /// <summary>Another listener.</summary>
    Peers = 2,

    /// <summary>A storage node that had it.</summary>
    Production = 3,

    /// <summary>Master storage, directly or because a storage node had to fetch it.</summary>
    Master = 4,
}
