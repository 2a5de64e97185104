using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Finds out whether a track can be played from the cache alone. Answer: <see cref="HeldChecked"/>.
/// </summary>
/// <param name="Track">The track.</param>
public readonly record struct CheckHeld(TrackId Track) : IClientAction
{
    int IClientAction.Kind => 24;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.CheckHeld(this);
}
