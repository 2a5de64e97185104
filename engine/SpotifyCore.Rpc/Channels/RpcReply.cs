using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>The message of a call and the metadata on both sides of it.</summary>
public sealed record RpcReply<TResponse>(RpcMetadata Headers, TResponse Message, RpcMetadata Trailers);
