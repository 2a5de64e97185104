using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Takes a play that was to follow back from the player and empties its feed; with <see cref="PlayId.None"/> ends all that
/// the player has, heard or not.
/// </summary>
/// <param name="Play">The play, or none for all.</param>
public readonly record struct StopPlay(PlayId Play) : IClientAction
{
    int IClientAction.Kind => 22;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.Stop(this);
}
