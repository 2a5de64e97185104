using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Gives a play whose track is open to the player. One that does not follow ends what plays, is decoded ahead and silent
/// until <see cref="StartSounding"/>; one that follows sounds by itself behind what plays, or at once when nothing does.
/// </summary>
/// <param name="Play">The play.</param>
/// <param name="Follows">True when it sounds behind what plays.</param>
public readonly record struct LoadPlay(PlayId Play, bool Follows) : IClientAction
{
    int IClientAction.Kind => 18;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.Load(this);
}
