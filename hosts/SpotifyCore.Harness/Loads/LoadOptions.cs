namespace SpotifyCore.Harness.Loads;

/// <summary>How large a load is.</summary>
/// <param name="Seed">Everything follows from it.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Hours">Virtual hours.</param>
/// <param name="PlaysADay">Plays that a client begins in a day.</param>
/// <param name="Tracks">Tracks in the catalogue.</param>
/// <param name="CachedTracks">Tracks in each cache at first.</param>
public sealed record LoadOptions(
    ulong Seed = 1, int Clients = 1_000, double Hours = 2, double PlaysADay = 25, int Tracks = 20_000, int CachedTracks = 100);
