namespace SpotifyCore.Simulator.Population;

/// <summary>One client of the population.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Line">Its line.</param>
/// <param name="IsReachable">True when others can connect to it.</param>
/// <param name="CacheTracks">Tracks of mean length that its cache holds.</param>
/// <param name="Behaviour">How it behaves towards others.</param>
internal sealed record ClientProfile(
    int Index, Region Region, LineProfile Line, bool IsReachable, int CacheTracks, PeerBehaviour Behaviour);
