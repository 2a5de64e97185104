using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>What may be said about one call. A cancellation token alone converts to it.</summary>
/// <param name="Timeout">
/// How long the call may take, streams to their end; the server is told. After it the call throws
/// <see cref="RpcStatusCode.DeadlineExceeded"/>. Null: as long as it takes.
/// </param>
/// <param name="Metadata">Headers of this call, beside the channel's own.</param>
/// <param name="Cancellation">
/// Calls it off, on the server too; the call throws <see cref="OperationCanceledException"/>.
/// </param>
public readonly record struct RpcCallOptions(
    TimeSpan? Timeout = null, RpcMetadata? Metadata = null, CancellationToken Cancellation = default)
{
    /// <summary>A call that may be called off.</summary>
    public static implicit operator RpcCallOptions(CancellationToken cancellation) =>
        new(Cancellation: cancellation);
}
