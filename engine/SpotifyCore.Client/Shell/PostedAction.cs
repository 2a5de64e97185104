namespace SpotifyCore.Client.Shell;

/// <summary>Something to do once on the loop that nobody waits for.</summary>
internal sealed class PostedAction(Action action) : ILoopWork
{
    /// <inheritdoc/>
    public void Run() => action();
}
