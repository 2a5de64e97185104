using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Wire;

/// <summary>What HTTP's own ways to fail mean in gRPC.</summary>
internal static class GrpcMapping
{
    /// <summary>The status of a response that is not gRPC's, from its HTTP status.</summary>
    public static RpcStatusCode FromHttpStatus(int status) => status switch
    {
        400 => RpcStatusCode.Internal,
        401 => RpcStatusCode.Unauthenticated,
        403 => RpcStatusCode.PermissionDenied,
        404 => RpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => RpcStatusCode.Unavailable,
        _ => RpcStatusCode.Unknown,
    };

    /// <summary>The status of a stream that was reset, from HTTP/2's error code.</summary>
    public static RpcStatusCode FromReset(long error) => error switch
    {
        0x7 => RpcStatusCode.Unavailable,       // REFUSED_STREAM
        0x8 => RpcStatusCode.Cancelled,         // CANCEL
        0xb => RpcStatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xc => RpcStatusCode.PermissionDenied,  // INADEQUATE_SECURITY
        _ => RpcStatusCode.Internal,
    };

    /// <summary>The status in a "grpc-status" header; what is no number of gRPC's is UNKNOWN.</summary>
    public static RpcStatusCode FromText(string text) =>
        int.TryParse(text, out var code) && code is >= 0 and <= (int)RpcStatusCode.Unauthenticated
            ? (RpcStatusCode)code
            : RpcStatusCode.Unknown;
}
