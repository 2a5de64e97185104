namespace SpotifyCore.Simulator.Running;

/// <summary>Shares of the peer searches by who found somebody.</summary>
internal sealed record SearchShare(double TrackerAndOverlay, double TrackerOnly, double OverlayOnly, double None);
