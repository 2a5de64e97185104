using SpotifyCore.Node.Links;
using SpotifyCore.Node.Tiers;

namespace SpotifyCore.Node.Composition;

/// <summary>The options that a node's tiers are put together with.</summary>
internal sealed record NodeSourceOptions(TieredChunkSourceOptions Fetch, NodeLinkOptions Links);
