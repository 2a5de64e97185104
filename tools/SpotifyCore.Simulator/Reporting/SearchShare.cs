namespace SpotifyCore.Simulator.Reporting;

/// <summary>Shares of the peer searches by who found somebody.</summary>
public sealed record SearchShare(double TrackerAndOverlay, double TrackerOnly, double OverlayOnly, double None);
