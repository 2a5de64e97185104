using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Downloads;

/// <summary>What a received chunk turned out to be.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="Download">What it is for; null when nobody knows.</param>
/// <param name="Chunk">Its index.</param>
/// <param name="Tier">Where it came from.</param>
internal readonly record struct Arrival(ArrivalKind Kind, Download? Download, uint Chunk, Tier Tier);
