using SpotifyCore.Harness.Clients;

namespace SpotifyCore.Harness.Running;

/// <summary>Takes what came of a play.</summary>
public delegate void PlayFinishedHandler(in PlayRecord record);
