namespace SpotifyCore.Client.Running;

/// <summary>Something to do once on the loop that nobody waits for.</summary>
internal sealed class ActionWorkItem(Action action) : IWorkItem
{
    /// <inheritdoc/>
    public void Run() => action();
}
