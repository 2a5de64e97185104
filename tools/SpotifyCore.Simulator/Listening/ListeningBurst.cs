namespace SpotifyCore.Simulator.Listening;

/// <summary>A stretch of listening.</summary>
/// <param name="From">When it begins; midnight before the run is 0.</param>
/// <param name="To">When it ends.</param>
internal readonly record struct ListeningBurst(TimeSpan From, TimeSpan To);
