using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// A play has ended and the core has forgotten it. One that failed or was called off sounds no more than the player has
/// of it already.
/// </summary>
/// <param name="Play">The play.</param>
/// <param name="Track">Its track.</param>
/// <param name="Statistics">Its final statistics.</param>
/// <param name="Failure">Why it ends before its end; <see cref="DeliveryFailure.None"/> when it did not fail.</param>
public readonly record struct ClosePlay(
    PlayId Play, TrackId Track, PlayStatistics Statistics, DeliveryFailure Failure) : IClientAction
{
    int IClientAction.Kind => 17;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.Close(this);
}
