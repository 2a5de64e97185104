namespace SpotifyCore.Playback.Feeding;

/// <summary>A chunk copied out of a feed.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct TakenChunk(uint Index, int Length);
