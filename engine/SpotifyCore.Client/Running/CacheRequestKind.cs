namespace SpotifyCore.Client.Running;

/// <summary>What a cache operation is for.</summary>
internal enum CacheRequestKind
{
    /// <summary>A play needs a chunk that the cache holds.</summary>
    Read,

    /// <summary>A peer asked for a chunk.</summary>
    ReadForPeer,

    /// <summary>A chunk was fetched.</summary>
    Store,

    /// <summary>A write into a file that is kept.</summary>
    Keep,
}
