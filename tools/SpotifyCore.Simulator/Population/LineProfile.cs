namespace SpotifyCore.Simulator.Population;

/// <summary>A kind of access line.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Share">Share of the clients that have it.</param>
/// <param name="Down">Bits a second to the client.</param>
/// <param name="Up">Bits a second from it.</param>
/// <param name="RoundTrip">What the line adds to each round trip.</param>
/// <param name="IsPhone">True for a phone: servers only.</param>
internal sealed record LineProfile(
    string Name, double Share, double Down, double Up, TimeSpan RoundTrip, bool IsPhone = false);
