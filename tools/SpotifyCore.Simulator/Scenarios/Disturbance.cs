namespace SpotifyCore.Simulator.Scenarios;

/// <summary>Something out of the ordinary.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When; midnight is 0.</param>
/// <param name="Length">For how long.</param>
internal sealed record Disturbance(DisturbanceKind Kind, TimeSpan At, TimeSpan Length);
