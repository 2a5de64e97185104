namespace SpotifyCore.Protocol.Messages;

/// <summary>What a side says it is. It grants nothing: tickets and keys do. The values travel on the wire.</summary>
public enum PeerRole : byte
{
    /// <summary>A listener's client.</summary>
    Peer = 1,

    /// <summary>A storage or master node.</summary>
    Node = 2,

    /// <summary>The import tool.</summary>
    Import = 3,
}
