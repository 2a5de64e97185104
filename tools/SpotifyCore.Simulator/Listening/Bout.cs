namespace SpotifyCore.Simulator.Listening;

/// <summary>A stretch of listening.</summary>
/// <param name="From">When it begins; midnight before the run is 0.</param>
/// <param name="To">When it ends.</param>
public readonly record struct Bout(TimeSpan From, TimeSpan To);
