namespace SpotifyCore.Core.Actions;

/// <summary>How the output stands from now on.</summary>
/// <param name="IsPaused">True when it stands still.</param>
/// <param name="Volume">How loud, in percent.</param>
public readonly record struct SetOutput(bool IsPaused, int Volume) : IClientAction
{
    int IClientAction.Kind => 23;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.SetOutput(this);
}
