using System.Net;
using SpotifyCore.Content.Limits;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Who may hash a password now, and who waits for it: as many at a time as there are processors, as it is the dearest
/// thing that a stranger can ask for. The next is of the subnet with the fewest that wait; when too many wait, one goes of
/// the subnet with the most. So nobody is kept out by how often others try. Safe for many threads.
/// </summary>
internal sealed class HashingQueue
{
    private const int MaxWaiting = 256;

    private readonly Lock _guard = new();
    private readonly PlaceTable<Subnet, Turn> _waiting = new();
    private int _free = Environment.ProcessorCount;

    /// <summary>
    /// Has something hashed when its turn has come, and completes with true when that is done; or with false, and nothing
    /// is done, when others need its place.
    /// </summary>
    /// <param name="address">Who asks for it.</param>
    /// <param name="hash">Hashes; called on a thread of its own: the pool's are few, and all other calls would wait for one.</param>
    /// <param name="cancellationToken">Gives its place up.</param>
    public async Task<bool> RunAsync(IPAddress? address, Action hash, CancellationToken cancellationToken)
    {
        if (!await EnterAsync(Subnet.Of(address), cancellationToken))
            return false;

        try
        {
            await Task.Factory.StartNew(
                hash, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return true;
        }
        finally
        {
            Leave();
        }
    }

    private async Task<bool> EnterAsync(Subnet subnet, CancellationToken cancellationToken)
    {
        if (TryWait(subnet) is not { } turn)
            return false;

        await using var calledOff = cancellationToken.UnsafeRegister(
            static (state, token) => ((Turn)state!).TrySetCanceled(token), turn);
        try
        {
            return await turn.Task;
        }
        finally
        {
            lock (_guard)
                _waiting.Remove(turn);
        }
    }

    // The next one begins.
    private void Leave()
    {
        lock (_guard)
        {
            _free++;
            while (_free > 0 && _waiting.LastToGo() is { } next)
            {
                _waiting.Remove(next);
                _free -= next.TrySetResult(true) ? 1 : 0;
            }
        }
    }

    /// <summary>A turn, which may have come already; null when there is no room for it.</summary>
    private Turn? TryWait(Subnet subnet)
    {
        var turn = new Turn(subnet);
        lock (_guard)
        {
            if (_free > 0)
            {
                _free--;
                turn.SetResult(true);
                return turn;
            }

            if (_waiting.Count >= MaxWaiting)
            {
                var other = _waiting.FirstToGo(subnet)!;
                if (other.Subnet == subnet)
                    return null;

                _waiting.Remove(other);
                other.TrySetResult(false);
            }

            _waiting.Add(subnet, turn);
            return turn;
        }
    }

    private sealed class Turn(Subnet subnet)
        : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Subnet Subnet => subnet;
    }
}
