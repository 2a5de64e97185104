using System.Net;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Serving;

/// <summary>One call as its handler sees it. Belongs to the handler until that has ended.</summary>
public sealed class RpcServerCall
{
    /// <summary>Path of the method: "/package.Service/Method".</summary>
    public string Method => throw new NotSupportedException();

    /// <summary>What the caller sent beside the messages.</summary>
    public RpcMetadata Metadata => throw new NotSupportedException();

    /// <summary>Goes out before the first message; adding to it after that throws.</summary>
    public RpcMetadata ResponseHeaders => throw new NotSupportedException();

    /// <summary>Goes out after the last message, with the status.</summary>
    public RpcMetadata Trailers => throw new NotSupportedException();

    /// <summary>When the caller stops waiting; null when it did not say.</summary>
    public DateTimeOffset? Deadline => throw new NotSupportedException();

    /// <summary>Fires when the caller has gone or called it off, at the deadline, and for streams when the server stops.</summary>
    public CancellationToken Cancellation => throw new NotSupportedException();

    /// <summary>Where the caller's connection comes from; null when its transport has no addresses.</summary>
    public EndPoint? RemoteEndPoint => throw new NotSupportedException();

    /// <summary>What the service's gate found out about the caller, for its handlers.</summary>
    public object? Caller { get; set; }

    /// <summary>Sends the headers now rather than with the first message.</summary>
    public ValueTask SendHeadersAsync() => throw new NotSupportedException();
}
