using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>An event on its way to the core; for what happens once a track or a connection, not once a chunk.</summary>
internal sealed class RaisedEvent(CoreDriver driver, ClientEvent occurred) : ILoopWork
{
    /// <inheritdoc/>
    public void Run() => driver.Raise(occurred);
}
