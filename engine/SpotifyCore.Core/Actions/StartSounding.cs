using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Lets a play sound: at once when it is the current one, after the current one's last sample when it was
/// announced. Once a play, and once more when the listener skips to the announced one. After a seek the player goes
/// on by itself as chunks come.
/// </summary>
/// <param name="Play">The play.</param>
public readonly record struct StartSounding(PlayId Play) : IClientAction
{
    int IClientAction.Kind => 16;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.StartSounding(this);
}
