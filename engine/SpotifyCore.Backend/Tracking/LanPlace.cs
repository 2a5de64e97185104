namespace SpotifyCore.Backend.Tracking;

/// <summary>
/// Where a client listens in the private networks that it is in: of use to its neighbours there alone.
/// </summary>
/// <param name="Hosts">Its addresses, first choice first.</param>
/// <param name="Port">Its port.</param>
public sealed record LanPlace(IReadOnlyList<string> Hosts, int Port);
