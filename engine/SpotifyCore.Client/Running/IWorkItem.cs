namespace SpotifyCore.Client.Running;

/// <summary>Something to do on the client's loop. Whatever posts often keeps one instance and posts it again.</summary>
internal interface IWorkItem
{
    /// <summary>Does it; called on the loop, which owns all state of the client.</summary>
    void Run();
}
