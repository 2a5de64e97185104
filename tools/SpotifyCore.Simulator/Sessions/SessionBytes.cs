namespace SpotifyCore.Simulator.Sessions;

/// <summary>Bytes played, by tier.</summary>
public sealed record SessionBytes(long Cache, long Peers, long Production, long Master);
