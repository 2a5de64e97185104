namespace SpotifyCore.Core.Neighbours;

/// <summary>What the access point knows of where a peer is, as seen from this client.</summary>
[Flags]
public enum PeerPlace : byte
{
    /// <summary>Somewhere.</summary>
    None = 0,

    /// <summary>In the same site: an overlay of its own, such as a campus.</summary>
    SameSite = 1,

    /// <summary>Behind the same public address, or at a private one: most likely the same LAN.</summary>
    SameLan = 2,

    /// <summary>It can't be connected to: it must be asked to connect.</summary>
    Unreachable = 4,

    /// <summary>The address leads to it within the LAN.</summary>
    Inside = 8,
}
