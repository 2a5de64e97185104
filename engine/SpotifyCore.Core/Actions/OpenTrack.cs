using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Asks the access point for a track. Answer: <see cref="TrackOpened"/>, <see cref="AdvertDue"/> or
/// <see cref="TrackOpenFailed"/>.
/// </summary>
/// <param name="Play">The play it is for.</param>
/// <param name="Track">The track; of an advert its sound.</param>
public readonly record struct OpenTrack(PlayId Play, TrackId Track) : IClientAction
{
    /// <summary>True for the advert that was said to be due last.</summary>
    public bool IsAdvert { get; init; }

    /// <summary>Why it is opened.</summary>
    public OpenReason Reason { get; init; }

    /// <summary>What became of the advert that was played last; told with every track until there is another.</summary>
    public AdvertOutcome LastAdvert { get; init; }

    int IClientAction.Kind => 1;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.Open(this);
}
