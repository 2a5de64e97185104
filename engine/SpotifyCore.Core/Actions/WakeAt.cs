using SpotifyCore.Content.Time;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>Asks for <see cref="Woken"/> at a time; replaces any time asked for before.</summary>
/// <param name="At">When.</param>
internal readonly record struct WakeAt(Instant At) : IClientAction
{
    int IClientAction.Kind => 19;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Timer.WakeAt(At);
}
