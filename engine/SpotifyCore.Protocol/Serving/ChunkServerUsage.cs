namespace SpotifyCore.Protocol.Serving;

/// <summary>What a server has done since it started, and does now.</summary>
/// <param name="Connections">Connections open now.</param>
/// <param name="Accepted">Connections accepted.</param>
/// <param name="Refused">Connections refused: over a limit, or a hello that was not accepted.</param>
/// <param name="Chunks">Chunks sent.</param>
/// <param name="Bytes">Bytes of chunks sent.</param>
/// <param name="Misses">Requests answered with not-found.</param>
/// <param name="Puts">Files taken in.</param>
public readonly record struct ChunkServerUsage(
    int Connections, long Accepted, long Refused, long Chunks, long Bytes, long Misses, long Puts);
