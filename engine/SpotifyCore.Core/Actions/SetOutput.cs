namespace SpotifyCore.Core.Actions;

/// <summary>How the output stands from now on.</summary>
/// <param name="IsPaused">True when it stands still.</param>
/// <param name="Volume">How loud, in percent.</param>
/// <param name="Crossfade">How long the end of a track and the beginning of the next sound together.</param>
public readonly record struct SetOutput(bool IsPaused, int Volume, TimeSpan Crossfade) : IClientAction
{
    int IClientAction.Kind => 23;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.SetOutput(this);
}
