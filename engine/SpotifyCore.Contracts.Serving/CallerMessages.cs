using Grpc.Core;
using Microsoft.AspNetCore.Connections;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// What a caller sends, and whether it broke off because he left: reading fails as soon as he has, where the call's
/// token is cancelled by another thread, which may be later.
/// </summary>
internal sealed class CallerMessages<TRequest>(IAsyncStreamReader<TRequest> messages) : IAsyncStreamReader<TRequest>
{
    /// <inheritdoc/>
    public TRequest Current => messages.Current;

    /// <summary>True once reading has failed because he left.</summary>
    public bool HasBrokenOff { get; private set; }

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNext(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or { InnerException: ConnectionAbortedException })
        {
            // He reset the stream, or his connection is gone.
            HasBrokenOff = true;
            throw;
        }
    }
}
