using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Tiers;

/// <summary>What came of asking tiers.</summary>
/// <param name="Tier">Which one had it; -1 for none.</param>
/// <param name="Result">What it said.</param>
/// <param name="Memory">Where the bytes are, held for whoever gets this; null when there are none.</param>
internal readonly record struct TierAnswer(int Tier, ChunkReadResult Result, ChunkMemory? Memory);
