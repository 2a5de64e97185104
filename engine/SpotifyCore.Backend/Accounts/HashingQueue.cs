using SpotifyCore.Content.Limits;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Who may hash a password now, and who waits for it: the next is of the subnet with the fewest that wait; when too
/// many wait, one goes of the subnet with the most. So nobody is kept out by how often others try. Safe for many
/// threads.
/// </summary>
/// <param name="slots">Hashed at a time.</param>
/// <param name="maxWaiting">Most that wait.</param>
internal sealed class HashingQueue(int slots, int maxWaiting)
{
    private readonly Lock _guard = new();
    private readonly PlaceTable<Subnet, Turn> _waiting = new();
    private int _free = slots;

    /// <summary>
    /// Completes when its turn has come, true, which <see cref="Leave"/> ends; or false when others need its place.
    /// </summary>
    public async Task<bool> EnterAsync(Subnet subnet, CancellationToken cancellationToken)
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

    /// <summary>Ends a turn; the next one begins.</summary>
    public void Leave()
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

            if (_waiting.Count >= maxWaiting)
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
