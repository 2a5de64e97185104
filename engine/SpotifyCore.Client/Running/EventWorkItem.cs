using SpotifyCore.Client.Running;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Running;

/// <summary>An event on its way to the core; for what happens once a track or a connection, not once a chunk.</summary>
internal sealed class EventWorkItem<TEvent>(ClientRuntime runtime, TEvent occurred) : IWorkItem
    where TEvent : struct, IClientEvent
{
    /// <inheritdoc/>
    public void Run() => runtime.Raise(occurred);
}
