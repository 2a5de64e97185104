using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Client.Peering;

/// <summary>Limits of a client's connections.</summary>
/// <param name="Session">What this side says of itself.</param>
/// <param name="MaxConnections">Connections at once; further ones are not accepted.</param>
/// <param name="ChunkFrameBytes">Bytes of a chunk that go into one frame to a peer on a slow line.</param>
internal sealed record PeerConnectionsOptions(PeerSessionOptions Session, int MaxConnections, int ChunkFrameBytes)
{
    /// <summary>
    /// Connections to nodes for which there is room beside those to peers: two, and two that replace them.
    /// </summary>
    public const int Nodes = 4;

    /// <summary>Accepted connections of one host that have not said hello yet; further ones are closed.</summary>
    public const int SilentPerAddress = 8;
}
