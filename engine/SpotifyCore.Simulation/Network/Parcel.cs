using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Network;

/// <summary>A message with what takes the place of its payload. The default is the end of a connection.</summary>
internal struct Parcel
{
    /// <summary>The message.</summary>
    public PeerMessage Message;

    /// <summary>Addresses of a search-hit, or the bits of a have; null for none.</summary>
    public object? Payload;

    /// <summary>True when the bytes of a chunk would not be those that its name promises.</summary>
    public bool IsWrong;
}
