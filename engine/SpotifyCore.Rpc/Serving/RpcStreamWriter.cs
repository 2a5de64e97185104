namespace SpotifyCore.Rpc.Serving;

/// <summary>Sends messages to the caller, one at a time.</summary>
public sealed class RpcStreamWriter<TResponse>
    where TResponse : class
{
    /// <summary>Sends one message; waits while the caller is slow.</summary>
    public ValueTask WriteAsync(TResponse message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
