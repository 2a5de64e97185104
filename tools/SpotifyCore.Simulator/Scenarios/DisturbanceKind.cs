namespace SpotifyCore.Simulator.Scenarios;

/// <summary>What can come between.</summary>
internal enum DisturbanceKind
{
    /// <summary>A release that everyone who is online plays within this time.</summary>
    Release,

    /// <summary>Production is down.</summary>
    Outage,
}
