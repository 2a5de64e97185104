namespace SpotifyCore.Rpc.Serving;

/// <summary>The messages of the caller, in order, for one reader.</summary>
public sealed class RpcStreamReader<TRequest>
    where TRequest : class
{
    /// <summary>The next message, or null after the last.</summary>
    public ValueTask<TRequest?> ReadAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>The messages until the last.</summary>
    public IAsyncEnumerable<TRequest> ReadAllAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
