namespace SpotifyCore.Protocol.Connections;

/// <summary>
/// Tells a loop that polls that an operation it waits for has ended. Once something is hooked on to an operation, the
/// operation itself may not be asked: it says that it has ended before it has called what is hooked on, and a loop that
/// then begins the next one, in the same memory, has that called in its place. For one loop, and one operation at a time.
/// </summary>
internal sealed class CompletionHook
{
    private readonly Action _end;
    private bool _hasEnded;

    /// <summary>Hooks on to nothing yet.</summary>
    /// <param name="wake">Called on any thread once the operation has ended.</param>
    public CompletionHook(Action wake) => _end = () =>
    {
        Volatile.Write(ref _hasEnded, true);
        wake();
    };

    /// <summary>True once the operation has ended, and nothing of it is under way any more.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>What to hook on to the next operation.</summary>
    public Action Arm()
    {
        Volatile.Write(ref _hasEnded, false);
        return _end;
    }
}
