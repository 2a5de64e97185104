using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Events;

/// <summary>What is known of the other side of a connection once both have said hello.</summary>
/// <param name="Id">Whose key the channel proved; null where it proves none.</param>
/// <param name="Role">What it says it is.</param>
/// <param name="RequestLimit">Requests in flight that it takes, by its hello.</param>
public sealed record RemoteSide(PeerId? Id, PeerRole Role, uint RequestLimit)
{
    /// <summary>
    /// For an accepted connection: where it was seen, with the listen port of its hello (0: none); null for others.
    /// </summary>
    public PeerAddress? Seen { get; init; }

    /// <summary>The version that the hello agreed on; 1 knows no searches.</summary>
    public ushort Version { get; init; } = ProtocolVersion.Last;

    /// <summary>Stands for its account, by its ticket; 0 where nothing says which.</summary>
    public UInt128 Account { get; init; }
}
