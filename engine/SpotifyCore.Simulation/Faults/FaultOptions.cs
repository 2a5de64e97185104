namespace SpotifyCore.Simulation.Faults;

/// <summary>How large a randomised schedule of faults is.</summary>
/// <param name="Seed">Everything follows from it.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Hours">Virtual hours in which faults happen.</param>
public sealed record FaultOptions(ulong Seed, int Clients = 50, double Hours = 2);
