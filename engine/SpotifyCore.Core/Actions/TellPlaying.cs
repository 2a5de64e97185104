namespace SpotifyCore.Core.Actions;

/// <summary>
/// Tells the access point whether this client plays: an account plays on one device at a time, so that another one is
/// paused.
/// </summary>
/// <param name="IsPlaying">True when it plays, false when it is paused or nothing plays.</param>
/// <param name="IsRestored">
/// True when no listener asked for that just now, as after a restart, or the access point knows it: a device that plays
/// meanwhile is not paused.
/// </param>
public readonly record struct TellPlaying(bool IsPlaying, bool IsRestored) : IClientAction
{
    int IClientAction.Kind => 25;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.TellPlaying(this);
}
