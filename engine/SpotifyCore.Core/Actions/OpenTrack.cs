using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Asks the access point for a track. Answer: <see cref="TrackOpened"/> or <see cref="TrackOpenFailed"/>.
/// </summary>
/// <param name="Play">The play it is for.</param>
/// <param name="Track">The track.</param>
public readonly record struct OpenTrack(PlayId Play, TrackId Track) : IClientAction
{
    int IClientAction.Kind => 1;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.Open(this);
}
