namespace SpotifyCore.Backend.Tracking;

/// <summary>Where others reach an online client.</summary>
/// <param name="Host">The address the access point sees it at.</param>
/// <param name="Port">Where it listens; 0 when it takes no connections.</param>
/// <param name="Site">The overlay it belongs to.</param>
/// <param name="IsUnreachable">Several others could not connect to it there.</param>
/// <param name="Lan">Where those behind the same address reach it; null when it did not say.</param>
public readonly record struct ClientPlace(
    string Host, int Port, string Site, bool IsUnreachable = false, LanPlace? Lan = null);
