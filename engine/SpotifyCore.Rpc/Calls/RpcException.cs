namespace SpotifyCore.Rpc.Calls;

/// <summary>
/// A call that ended with another status than <see cref="RpcStatusCode.Ok"/>. A handler throws it to choose the
/// status, the detail and the trailers that its caller gets; a channel throws it with what the server sent.
/// </summary>
public sealed class RpcException : Exception
{
    /// <summary>A status, never OK, with a detail for people and, if wanted, trailers for programs.</summary>
    public RpcException(
        RpcStatusCode code, string detail, RpcMetadata? trailers = null, Exception? innerException = null)
        : base($"{code}: {detail}", innerException)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)code, (int)RpcStatusCode.Ok, nameof(code));
        Code = code;
        Detail = detail;
        Trailers = trailers ?? RpcMetadata.Empty;
    }

    /// <summary>The status.</summary>
    public RpcStatusCode Code { get; }

    /// <summary>What went wrong, for people.</summary>
    public string Detail { get; }

    /// <summary>The metadata that came after the last message; empty when there is none.</summary>
    public RpcMetadata Trailers { get; }
}
