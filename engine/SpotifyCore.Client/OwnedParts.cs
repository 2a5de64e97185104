using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;

namespace SpotifyCore.Client;

/// <summary>What was made and must be given back: in the opposite order, each though another fails. For one thread.</summary>
/// <param name="logger">Told of what does not end cleanly.</param>
internal sealed class OwnedParts(ILogger logger) : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _ends = new();

    /// <summary>One more part to give back.</summary>
    public T Own<T>(T part)
        where T : IDisposable
    {
        OnEnd(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }

    /// <summary>As <see cref="Own{T}"/>, for one whose end takes time.</summary>
    public T OwnAsyncDisposable<T>(T part)
        where T : IAsyncDisposable
    {
        OnEnd(part.DisposeAsync);
        return part;
    }

    /// <summary>Has something done before what was made earlier is given back.</summary>
    public void OnEnd(Func<ValueTask> end) => _ends.Push(end);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_ends.TryPop(out var end))
        {
            try
            {
                await end();
            }
            catch (Exception failure)
            {
                // The others are to be ended all the same.
                ClientLog.EndFailed(logger, failure);
            }
        }
    }
}
