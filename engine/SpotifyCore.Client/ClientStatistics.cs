namespace SpotifyCore.Client;

/// <summary>What a client has done since it was started.</summary>
/// <param name="Plays">The latest 100 plays, oldest first.</param>
/// <param name="Played">Bytes played in all, by source.</param>
/// <param name="UploadedBytes">Payload given to peers.</param>
/// <param name="CacheBytes">Bytes of chunks in the cache.</param>
/// <param name="CacheLimitBytes">Bytes the cache may hold.</param>
/// <param name="Connections">Open connections to peers and nodes.</param>
public sealed record ClientStatistics(
    IReadOnlyList<PlayReport> Plays,
    BytesBySource Played,
    long UploadedBytes,
    long CacheBytes,
    long CacheLimitBytes,
    int Connections);
