namespace SpotifyCore.Simulation.Tracks;

/// <summary>A chunk of a track's file, by the track's index: what <c>ChunkId</c> is where files have ids.</summary>
/// <param name="Track">The track.</param>
/// <param name="Index">The chunk.</param>
internal readonly record struct TrackChunk(int Track, uint Index);
