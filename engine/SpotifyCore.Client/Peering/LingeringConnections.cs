using SpotifyCore.Client.Running;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Connections that this side has ended, and whose remote peer is given a moment to read the last that it was sent.
/// They hold sockets and memory as others do, so they count, and the oldest go when their places are wanted. Called on
/// the loop.
/// </summary>
internal sealed class LingeringConnections(LoopContext context)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly List<TaskCompletionSource> _oldestFirst = [];

    /// <summary>How many there are.</summary>
    public int Count => _oldestFirst.Count;

    /// <summary>Lets a connection linger that has said its last, then disposes of it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ended">Completes once the remote peer has closed too, or here when the place is wanted.</param>
    public void Add(IConnection connection, TaskCompletionSource ended)
    {
        _oldestFirst.Add(ended);
        context.Background.Run(() => LingerAsync(connection, ended));
    }

    /// <summary>Closes the oldest at once, until no more than so many are left.</summary>
    public void Trim(int most)
    {
        var surplus = Math.Clamp(Count - most, 0, Count);
        for (var i = 0; i < surplus; i++)
            _oldestFirst[i].TrySetResult();

        _oldestFirst.RemoveRange(0, surplus);
    }

    private async Task LingerAsync(IConnection connection, TaskCompletionSource ended)
    {
        try
        {
            await ended.Task.WaitAsync(Longest, context.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connection.DisposeAsync();
        }
        finally
        {
            ended.TrySetResult();
            context.Loop.Post(new ActionWorkItem(() => _oldestFirst.Remove(ended)));
        }
    }
}
