namespace SpotifyCore.Core.Downloads;

/// <summary>Where one chunk of a download stands.</summary>
internal enum ChunkState : byte
{
    /// <summary>Nowhere near: to be asked for.</summary>
    Missing = 0,

    /// <summary>Asked of at least one source.</summary>
    Asked,

    /// <summary>Verified and on its way into the cache.</summary>
    Storing,

    /// <summary>In the cache.</summary>
    Held,

    /// <summary>In the cache, and being read back.</summary>
    Reading,
}
