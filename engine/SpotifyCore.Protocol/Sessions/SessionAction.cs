using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>One thing for the caller to do.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">The message to send or deliver.</param>
/// <param name="Place">
/// Of a request that is sent, and of what is delivered about one: the request's place, below the limit of requests in
/// flight and its own until it ends, so that a caller can keep what belongs to a request in an array.
/// </param>
/// <param name="Ends">True when a delivered reply ends its request.</param>
/// <param name="Code">Why the connection closes.</param>
public readonly record struct SessionAction(
    SessionActionKind Kind, PeerMessage Message, int Place, bool Ends, ProtocolCode Code);
