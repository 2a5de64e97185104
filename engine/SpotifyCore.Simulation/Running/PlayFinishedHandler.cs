using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Running;

/// <summary>Takes what came of a play.</summary>
public delegate void PlayFinishedHandler(in PlayRecord record);
