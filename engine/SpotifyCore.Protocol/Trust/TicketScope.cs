namespace SpotifyCore.Protocol.Trust;

/// <summary>What a ticket allows. The values travel on the wire.</summary>
[Flags]
public enum TicketScope : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To ask for manifests and chunks.</summary>
    Fetch = 1,

    /// <summary>To put files into master storage.</summary>
    Import = 2,

    /// <summary>To list what a node holds. A trusted node's key alone has it; no ticket carries it.</summary>
    Node = 4,

    /// <summary>To be one of the swarm; without it peers take no connection.</summary>
    Peers = 8,
}
