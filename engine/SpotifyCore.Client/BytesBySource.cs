namespace SpotifyCore.Client;

/// <summary>
/// Bytes that were played, by the tier this client got them from. <c>Cache</c> counts only what was there before the
/// play's own fetching began.
/// </summary>
/// <param name="Cache">From this client's cache.</param>
/// <param name="Peers">From other listeners.</param>
/// <param name="Production">From a storage node that had them.</param>
/// <param name="Master">From a storage node that had to fetch them from master storage.</param>
public readonly record struct BytesBySource(long Cache, long Peers, long Production, long Master)
{
    /// <summary>All of them.</summary>
    public long Total => Cache + Peers + Production + Master;

    /// <summary>Source by source.</summary>
    public static BytesBySource operator +(BytesBySource one, BytesBySource other) => new(
        one.Cache + other.Cache, one.Peers + other.Peers, one.Production + other.Production, one.Master + other.Master);
}
